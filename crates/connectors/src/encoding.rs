//! Text files as UTF-8: byte order mark, else strict UTF-8, else GB18030 (which contains GBK).
//! Decides over the whole file before anything is read, and never replaces a character.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use enterprise::{Problem, ProblemKind};

use crate::says::{refused, unreadable};

const CHUNK: usize = 64 * 1024;

/// A text file whose encoding is known and which decodes cleanly from end to end.
pub(crate) struct TextFile {
    path: PathBuf,
    encoding: &'static Encoding,
}

impl TextFile {
    /// Finds the encoding by reading the file once.
    pub(crate) fn open(path: &Path) -> Result<Self, Box<Problem>> {
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let encoding = detect(&mut file)?;
        Ok(Self { path: path.to_owned(), encoding })
    }

    /// The text as UTF-8, without its byte order mark.
    pub(crate) fn reader(&self) -> Result<BufReader<Decoded>, Box<Problem>> {
        let file = File::open(&self.path).map_err(|error| unreadable(&error))?;
        let decoded = Decoded {
            file,
            decoder: self.encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            filled: 0,
            taken: 0,
            ended: false,
            finished: false,
        };
        Ok(BufReader::with_capacity(CHUNK, decoded))
    }

    /// The first character that is no white space.
    pub(crate) fn first_character(&self) -> Result<Option<char>, Box<Problem>> {
        let mut reader = self.reader()?;
        loop {
            let bytes = reader.fill_buf().map_err(|error| unreadable(&error))?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let size = bytes.len();
            let text = String::from_utf8_lossy(bytes);
            if let Some(found) = text.chars().find(|character| !character.is_whitespace()) {
                return Ok(Some(found));
            }
            reader.consume(size);
        }
    }
}

/// One encoding on trial: how far the file decodes.
struct Trial {
    decoder: Decoder,
    read: u64,
    failed_at: Option<u64>,
}

impl Trial {
    fn new(encoding: &'static Encoding) -> Self {
        Self { decoder: encoding.new_decoder_without_bom_handling(), read: 0, failed_at: None }
    }

    fn feed(&mut self, mut bytes: &[u8], last: bool, scratch: &mut [u8]) {
        while self.failed_at.is_none() {
            let (result, read, _) =
                self.decoder.decode_to_utf8_without_replacement(bytes, scratch, last);
            self.read += read as u64;
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    let back = u64::from(bad) + u64::from(after);
                    self.failed_at = Some(self.read.saturating_sub(back));
                }
            }
        }
    }
}

fn detect(file: &mut File) -> Result<&'static Encoding, Box<Problem>> {
    let mut buffer = vec![0; CHUNK];
    let mut scratch = vec![0; CHUNK * 4];
    let mut trials = [Trial::new(UTF_8), Trial::new(GB18030)];
    let mut offset: u64 = 0;
    let mut marked = None;
    loop {
        let size = read_full(file, &mut buffer).map_err(|error| unreadable(&error))?;
        let bytes = buffer.get(..size).unwrap_or_default();
        let last = size < buffer.len();
        if offset == 0 {
            marked = match bytes {
                [0xFF, 0xFE, ..] => Some(UTF_16LE),
                [0xFE, 0xFF, ..] => Some(UTF_16BE),
                [0xEF, 0xBB, 0xBF, ..] => Some(UTF_8),
                _ => None,
            };
            if let Some(encoding) = marked {
                trials = [Trial::new(encoding), Trial::new(encoding)];
            }
        }
        let wide = marked.is_some_and(|encoding| encoding != UTF_8);
        if !wide && let Some(place) = bytes.iter().position(|byte| *byte == 0) {
            return Err(not_text(offset + place as u64));
        }
        for trial in &mut trials {
            trial.feed(bytes, last, &mut scratch);
        }
        offset += size as u64;
        let [first, second] = &trials;
        if let (Some(one), Some(other)) = (first.failed_at, second.failed_at) {
            return Err(not_text(one.max(other)));
        }
        if last {
            let found = if first.failed_at.is_none() { UTF_8 } else { GB18030 };
            return Ok(marked.unwrap_or(found));
        }
    }
}

fn not_text(offset: u64) -> Box<Problem> {
    Box::new(refused(
        ProblemKind::Unreadable,
        (
            format!("既不是 UTF-8 也不是 GB18030 文本：第 {offset} 字节无法解码"),
            format!("the file is neither UTF-8 nor GB18030 text: byte {offset} does not decode"),
        ),
        (
            "请用 Excel 或 WPS 另存为“Excel 工作簿（*.xlsx）”或“CSV UTF-8”",
            "save it from Excel or WPS as an Excel workbook (*.xlsx) or as CSV UTF-8",
        ),
    ))
}

fn read_full(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..)
        && !rest.is_empty()
    {
        match file.read(rest) {
            Ok(0) => break,
            Ok(size) => filled += size,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A file decoded to UTF-8 as it is read.
pub(crate) struct Decoded {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    filled: usize,
    taken: usize,
    ended: bool,
    finished: bool,
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The decoder never splits a character, so it needs room for a whole one.
        if out.len() < 4 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        while !self.finished {
            if self.taken == self.filled && !self.ended {
                self.filled = read_full(&mut self.file, &mut self.raw)?;
                self.taken = 0;
                self.ended = self.filled < self.raw.len();
            }
            let bytes = self.raw.get(self.taken..self.filled).unwrap_or_default();
            let (result, read, written, replaced) =
                self.decoder.decode_to_utf8(bytes, out, self.ended);
            if replaced {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.taken += read;
            self.finished = self.ended && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
