//! Multipart bodies, `form-data` and `mixed`: cut into parts, nothing interpreted but the transfer encoding.

use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use memchr::memmem;

use super::error::ApiError;
use super::request::Request;
use crate::world::OutgoingFile;

/// A body in its parts.
#[derive(Debug)]
pub(super) struct Form {
    /// `multipart/mixed` or another kind whose parts are not form fields.
    pub(super) is_mixed: bool,
    pub(super) parts: Vec<Part>,
}

/// One part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The field's name, in form data.
    pub(super) name: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) has_disposition: bool,
    pub(super) content_type: String,
    pub(super) bytes: Bytes,
}

impl Part {
    pub(super) fn into_file(self) -> OutgoingFile {
        OutgoingFile {
            content_type: self.content_type,
            file_name: self.file_name,
            bytes: self.bytes,
        }
    }

    /// Whether it is the JSON that says what to do, by its type or by the names RingCentral's SDKs give it: `request.json`
    /// as the field's name, or `json`.
    pub(super) fn is_json(&self) -> bool {
        let named = |name: &Option<String>, wanted: &[&str]| {
            name.as_deref().is_some_and(|name| wanted.contains(&name))
        };
        self.content_type.starts_with("application/json")
            || named(&self.name, &["json", "request.json"])
            || named(&self.file_name, &["request.json"])
    }
}

/// The parts of a multipart request; `None` when it is of another kind.
pub(super) fn parts(request: &Request) -> Option<Result<Form, ApiError>> {
    let kind = request.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let word = kind.to_ascii_lowercase();
    if !word.starts_with("multipart/") {
        return None;
    }
    let boundary = attribute(kind, "boundary");
    Some(
        boundary
            .and_then(|boundary| split(&request.body, &boundary))
            .map(|parts| Form {
                is_mixed: !word.starts_with("multipart/form-data"),
                parts,
            })
            .ok_or_else(ApiError::unparsable_body),
    )
}

/// The first JSON part, and the others as files.
pub(super) fn json_and_files(form: Form) -> (Bytes, Vec<OutgoingFile>) {
    let mut parts = form.parts;
    let json = parts
        .iter()
        .position(Part::is_json)
        .map(|place| parts.remove(place));
    let files = parts.into_iter().map(Part::into_file).collect();
    (json.map(|part| part.bytes).unwrap_or_default(), files)
}

/// A boundary counts only at the beginning of a line; the line's end before it belongs to it.
fn split(body: &Bytes, boundary: &str) -> Option<Vec<Part>> {
    let delimiter = format!("--{boundary}");
    let inner = format!("\n{delimiter}");
    let inner = memmem::Finder::new(&inner);
    let mut position = if body.starts_with(delimiter.as_bytes()) {
        delimiter.len()
    } else {
        inner.find(body)? + 1 + delimiter.len()
    };
    let mut parts = Vec::new();
    loop {
        if body.get(position..position + 2)? == b"--" {
            return Some(parts);
        }
        position += memchr::memchr(b'\n', body.get(position..)?)? + 1;
        // The next boundary's own line end may be the one this part's headers begin after, when the part is empty.
        let end = position - 1 + inner.find(body.get(position - 1..)?)?;
        parts.push(read_part(&body.slice(position.min(end)..end))?);
        position = end + 1 + delimiter.len();
    }
}

/// A part without the line feed that stands before the next boundary; a carriage return may still be there.
fn read_part(section: &Bytes) -> Option<Part> {
    let (head_end, body_start) = match memmem::find(section, b"\r\n\r\n") {
        Some(at) => (at, at + 4),
        // Headers that end with the part, or a body of nothing.
        None => match memmem::find(section, b"\n\n") {
            Some(at) => (at, at + 2),
            None if section.ends_with(b"\r\n\r") => (section.len() - 3, section.len()),
            None if section.ends_with(b"\n") => (section.len(), section.len()),
            None => return None,
        },
    };
    let head = String::from_utf8_lossy(section.get(..head_end)?).into_owned();
    let mut body = section.slice(body_start.min(section.len())..);
    if body.ends_with(b"\r") {
        body.truncate(body.len() - 1);
    }
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let is_base64 = header("content-transfer-encoding").is_some_and(|way| way.eq_ignore_ascii_case("base64"));
    if is_base64 {
        let text: Vec<u8> = body
            .iter()
            .copied()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        body = Bytes::from(STANDARD.decode(text).ok()?);
    }
    let disposition = header("content-disposition");
    let of_disposition = |name| disposition.as_deref().and_then(|text| attribute(text, name));
    Some(Part {
        name: of_disposition("name"),
        file_name: of_disposition("filename")
            .or_else(|| of_disposition("filename*").and_then(|text| extended(&text))),
        has_disposition: disposition.is_some(),
        content_type: header("content-type").unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: body,
    })
}

/// A value with its character set before it, as RFC 5987 has it: `utf-8''caf%C3%A9.pdf`. Only UTF-8 is read.
fn extended(text: &str) -> Option<String> {
    let (charset, rest) = text.split_once('\'')?;
    let (_, value) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let pair = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(pair).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A parameter of a header; in quotes it may have semicolons and escaped quotes in it.
fn attribute(header: &str, name: &str) -> Option<String> {
    let mut pieces = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = header.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => {
                pieces.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(piece) = pieces.last_mut() {
            match letter {
                '"' => {}
                '\\' if is_quoted => piece.extend(letters.next()),
                other => piece.push(other),
            }
        }
    }
    pieces.iter().skip(1).find_map(|piece| {
        let (key, value) = piece.split_once('=')?;
        let is_wanted = key.trim().eq_ignore_ascii_case(name);
        is_wanted.then(|| value.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_names_and_every_byte() {
        let body = Bytes::from_static(
            b"--B\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--B\r\nContent-Disposition: form-data; \
              name=\"attachment\"; filename=\"a;b.bin\"\r\nContent-Type: image/png\r\n\r\n\x00--B\r\n\xff\n\r\n--B--\r\n",
        );
        let parts = split(&body, "B").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(&parts[0].bytes[..], b"{\"a\":1}");
        assert!(!parts[0].has_disposition && parts[0].is_json());
        assert_eq!(parts[1].file_name.as_deref(), Some("a;b.bin"));
        assert_eq!(&parts[1].bytes[..], b"\x00--B\r\n\xff\n");
    }

    #[test]
    fn empty_parts_and_bare_line_feeds_are_read_too() {
        let body = Bytes::from_static(
            b"--B\nContent-Disposition: form-data; name=\"a\"\n\n\n--B\nX: y\n\nz\n--B--\n",
        );
        let parts = split(&body, "B").unwrap();
        assert_eq!((parts[0].name.as_deref(), parts[0].bytes.len()), (Some("a"), 0));
        assert_eq!(&parts[1].bytes[..], b"z");
        let body = Bytes::from_static(b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--B--");
        assert_eq!(split(&body, "B").unwrap()[0].bytes.len(), 0);
    }

    #[test]
    fn a_file_name_beyond_ascii_is_read() {
        let head = "form-data; name=\"attachment\"; filename*=utf-8''caf%C3%A9.pdf";
        let value = attribute(head, "filename*").unwrap();
        assert_eq!(extended(&value).as_deref(), Some("caf\u{e9}.pdf"));
    }

    #[test]
    fn a_part_in_base64_is_what_it_stands_for() {
        let body = Bytes::from_static(
            b"--B\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\n\
              SGVs\r\nbG8=\r\n--B--\r\n",
        );
        assert_eq!(&split(&body, "B").unwrap()[0].bytes[..], b"Hello");
    }

    #[test]
    fn a_body_without_its_end_is_refused() {
        assert_eq!(split(&Bytes::from_static(b"--B\r\n\r\nx"), "B"), None);
        assert_eq!(
            split(&Bytes::from_static(b"--B\r\nA: b\r\n\r\nx\r\n--B"), "B"),
            None
        );
    }
}
