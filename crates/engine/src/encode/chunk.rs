//! An encoded column of a row group: a page with the list of what occurs, a page with the places.

use std::cell::RefCell;
use std::io;

use arrow::buffer::NullBuffer;
use bytes::Bytes;
use parquet::basic::{Compression, Encoding, PageType, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::file::writer::{SerializedPageWriter, SerializedRowGroupWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use zstd::bulk::Compressor;

use super::{hybrid, too_many};

const LEVEL: i32 = 1;

/// An encoded column of a row group.
pub(crate) struct Chunk {
    bytes: Bytes,
    close: ColumnCloseResult,
}

/// Everything that occurs in a column, as Parquet writes it plainly.
pub(super) struct Dictionary {
    pub plain: Vec<u8>,
    pub length: usize,
}

/// Pages as they are written.
struct Pages {
    sink: TrackedWrite<Vec<u8>>,
    uncompressed: usize,
}

impl Chunk {
    /// A column of `rows` rows, of which those that are not null have the places `packed`.
    pub(super) fn with_dictionary(
        column: &ColumnDescPtr,
        rows: usize,
        nulls: Option<&NullBuffer>,
        dictionary: &Dictionary,
        packed: &[u8],
    ) -> Result<Self> {
        let mut pages = Pages { sink: TrackedWrite::new(Vec::new()), uncompressed: 0 };
        pages.add(&dictionary.plain, |buf| Page::DictionaryPage {
            buf,
            num_values: u32::try_from(dictionary.length).unwrap_or(u32::MAX),
            encoding: Encoding::PLAIN,
            is_sorted: false,
        })?;
        let data_offset = pages.sink.bytes_written();
        let mut body = levels(rows, nulls)?;
        body.extend_from_slice(packed);
        let num_values = u32::try_from(rows).map_err(|_| too_many())?;
        pages.add(&body, |buf| Page::DataPage {
            buf,
            num_values,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })?;
        let uncompressed = pages.uncompressed;
        let bytes = Bytes::from(pages.sink.into_inner()?);
        let said = |page_type, encoding| PageEncodingStats { page_type, encoding, count: 1 };
        let metadata = ColumnChunkMetaData::builder(ColumnDescPtr::clone(column))
            .set_compression(compression())
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            .set_page_encoding_stats(vec![
                said(PageType::DICTIONARY_PAGE, Encoding::PLAIN),
                said(PageType::DATA_PAGE, Encoding::RLE_DICTIONARY),
            ])
            .set_num_values(i64::from(num_values))
            .set_total_compressed_size(signed(bytes.len())?)
            .set_total_uncompressed_size(signed(uncompressed)?)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(signed(data_offset)?)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(Self { bytes, close })
    }

    /// Puts it into a row group as the next column.
    pub fn append_to<W: std::io::Write + Send>(
        self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<()> {
        group.append_column(&self.bytes, self.close)
    }
}

impl Pages {
    fn add(&mut self, body: &[u8], page: impl FnOnce(Bytes) -> Page) -> Result<()> {
        let packed = compressed(body).map_err(ParquetError::from)?;
        let page = CompressedPage::new(page(Bytes::from(packed)), body.len());
        let written = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += written.uncompressed_size;
        Ok(())
    }
}

thread_local! {
    /// Its tables are made once for each thread, not for each page.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

fn compressed(body: &[u8]) -> io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|known| match known {
        Some(known) => known.compress(body),
        None => known.insert(Compressor::new(LEVEL)?).compress(body),
    })
}

/// How all columns of a result are compressed.
pub(crate) fn compression() -> Compression {
    Compression::ZSTD(ZstdLevel::try_new(LEVEL).unwrap_or_default())
}

/// Which rows have a value, with the length before it.
fn levels(rows: usize, nulls: Option<&NullBuffer>) -> Result<Vec<u8>> {
    let mut levels = vec![0; 4];
    match nulls.filter(|nulls| nulls.null_count() > 0) {
        None => hybrid::repeated(1, rows, 1, &mut levels),
        Some(nulls) if nulls.null_count() == rows => hybrid::repeated(0, rows, 1, &mut levels),
        // Arrow keeps a bit for each row, as Parquet does.
        Some(nulls) => hybrid::bits(nulls.inner().sliced().as_slice(), &mut levels),
    }
    let length = u32::try_from(levels.len() - 4).map_err(|_| too_many())?;
    for (to, from) in levels.iter_mut().zip(length.to_le_bytes()) {
        *to = from;
    }
    Ok(levels)
}

fn signed(length: usize) -> Result<i64> {
    i64::try_from(length).map_err(|_| too_many())
}
