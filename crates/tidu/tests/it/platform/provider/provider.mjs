// A provider of identities on loopback for the tests: the package `oidc-provider` with its own pages for signing in
// and agreeing, which take any name for an account. Nothing is kept when it ends.
//
// node provider.mjs PORT SECRET

import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, secret] = process.argv.slice(2);

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'tidu',
      client_secret: secret,
      // Programs on a machine of one's own may listen on any port of it (RFC 8252): so does the platform in a test.
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/sign-on/return'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'tidu-tests', use: 'sig', alg: 'RS256' }] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
});

// Whoever signs in as one of these gets a token with something wrong about it.
provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route !== 'token' || !ctx.body?.id_token) return;
  const [head, claims, signature] = ctx.body.id_token.split('.');
  const said = JSON.parse(Buffer.from(claims, 'base64url'));
  const { sub } = said;
  const other = (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (changes) => {
    const text = `${head}.${encode({ ...said, ...changes })}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  };
  const day = 24 * 60 * 60;
  if (sub === 'same-again') ctx.body.id_token = signed({ azp: 'tidu' });
  if (sub === 'other-party') ctx.body.id_token = signed({ azp: 'somebody-else' });
  if (sub === 'of-tomorrow') ctx.body.id_token = signed({ iat: said.iat + day, exp: said.exp + day });
  if (sub === 'of-yesterday') ctx.body.id_token = signed({ iat: said.iat - day });
  if (sub === 'bad-signature') ctx.body.id_token = [head, claims, other(signature)].join('.');
  if (sub === 'no-signature') ctx.body.id_token = [encode({ alg: 'none' }), claims, ''].join('.');
  if (sub === 'no-token') delete ctx.body.id_token;
});

createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => console.log('ready'));
