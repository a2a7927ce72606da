//! The provider: where it is, who we are to it, and how it is asked.

use std::fmt;
use std::io::Read as _;
use std::time::Duration;

use openidconnect::core::{CoreClient, CoreProviderMetadata};
use openidconnect::{
    ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, RedirectUrl,
};

use super::not_signed_on::NotSignedOn;
use crate::refusal::{Fault, Refusal};

/// For so long the provider is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// No answer of a provider is longer.
const LONGEST: u64 = 1 << 20;

/// A provider of identities.
#[derive(Clone)]
pub struct Provider {
    /// Its name on the page of signing in.
    pub name: String,
    /// Its address, as it stands in its tokens.
    pub issuer: String,
    /// Who we are to it.
    pub client: String,
    /// The secret that we share with it.
    pub secret: String,
    /// The address to which it sends people back.
    pub redirect: String,
}

impl fmt::Debug for Provider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// A client that knows the provider's endpoints and keys.
pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Provider {
    /// Asks the provider for its endpoints and keys, each time: keys change, and few people sign in at once.
    pub(super) async fn client(&self) -> Result<Client, NotSignedOn> {
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(Refusal::broken)?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &ask)
            .await
            .map_err(|error| NotSignedOn::Down(Fault::new(error)))?;
        let redirect = RedirectUrl::new(self.redirect.clone()).map_err(Refusal::broken)?;
        Ok(CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.client.clone()),
            Some(ClientSecret::new(self.secret.clone())),
        )
        .set_redirect_uri(redirect))
    }
}

/// Why the provider did not answer.
#[derive(Debug)]
pub(super) struct NoAnswer(String);

impl fmt::Display for NoAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for NoAnswer {}

/// Sends a request to the provider. It is not followed elsewhere: a provider that redirects could send us anywhere.
pub(super) async fn ask(request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let no_answer = |error: &dyn fmt::Display| NoAnswer(error.to_string());
    tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .into();
        let answer = agent.run(request).map_err(|error| no_answer(&error))?;
        let (parts, body) = answer.into_parts();
        let mut bytes = Vec::new();
        body.into_reader()
            .take(LONGEST)
            .read_to_end(&mut bytes)
            .map_err(|error| no_answer(&error))?;
        Ok(HttpResponse::from_parts(parts, bytes))
    })
    .await
    .map_err(|error| no_answer(&error))?
}
