//! Multipart bodies, `form-data` and `mixed`: cut into parts, nothing interpreted.

use axum::http::header;
use bytes::Bytes;

use super::error::ApiError;
use super::request::Request;
use crate::world::OutgoingFile;

/// One part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The field's name, in form data.
    pub(super) name: Option<String>,
    pub(super) file_name: Option<String>,
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
}

/// The parts of a multipart request; `None` when it is of another kind.
pub(super) fn parts(request: &Request) -> Option<Result<Vec<Part>, ApiError>> {
    let kind = request.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !kind.to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    let boundary = attribute(kind, "boundary");
    Some(
        boundary
            .and_then(|boundary| split(&request.body, &boundary))
            .ok_or_else(ApiError::unparsable_body),
    )
}

/// The first JSON part, and the others as files.
pub(super) fn json_and_files(parts: Vec<Part>) -> (Bytes, Vec<OutgoingFile>) {
    let mut json = None;
    let mut files = Vec::new();
    for part in parts {
        let is_json = json.is_none()
            && (part.content_type.starts_with("application/json") || part.name.as_deref() == Some("json"));
        if is_json {
            json = Some(part.bytes)
        } else {
            files.push(part.into_file())
        }
    }
    (json.unwrap_or_default(), files)
}

fn split(body: &Bytes, boundary: &str) -> Option<Vec<Part>> {
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut position = find(body, delimiter.as_bytes(), 0)? + delimiter.len();
    loop {
        if body.get(position..position + 2)? == b"--" {
            return Some(parts);
        }
        position = find(body, b"\n", position)? + 1;
        let end = find(body, delimiter.as_bytes(), position)?;
        let section = body.slice(position..end);
        parts.push(read_part(&section)?);
        position = end + delimiter.len();
    }
}

fn read_part(section: &Bytes) -> Option<Part> {
    let (head_end, body_start) = match find(section, b"\r\n\r\n", 0) {
        Some(at) => (at, at + 4),
        None => {
            let at = find(section, b"\n\n", 0)?;
            (at, at + 2)
        }
    };
    let head = String::from_utf8_lossy(section.get(..head_end)?).into_owned();
    let body = section.get(body_start..)?;
    let body = body
        .strip_suffix(b"\r\n")
        .or_else(|| body.strip_suffix(b"\n"))
        .unwrap_or(body);
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let disposition = header("content-disposition").unwrap_or_default();
    Some(Part {
        name: attribute(&disposition, "name"),
        file_name: attribute(&disposition, "filename"),
        content_type: header("content-type").unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: Bytes::copy_from_slice(body),
    })
}

fn attribute(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|piece| {
        let (key, value) = piece.split_once('=')?;
        let is_wanted = key.trim().eq_ignore_ascii_case(name);
        is_wanted.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = haystack.get(from..)?;
    rest.windows(needle.len())
        .position(|window| window == needle)
        .map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_names_and_every_byte() {
        let body = Bytes::from_static(
            b"--B\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--B\r\nContent-Disposition: form-data; \
              name=\"attachment\"; filename=\"a.bin\"\r\nContent-Type: image/png\r\n\r\n\x00\r\n\xff\r\n--B--\r\n",
        );
        let parts = split(&body, "B").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(&parts[0].bytes[..], b"{\"a\":1}");
        assert_eq!(parts[1].file_name.as_deref(), Some("a.bin"));
        assert_eq!(&parts[1].bytes[..], b"\x00\r\n\xff");
    }

    #[test]
    fn a_body_without_its_end_is_refused() {
        assert_eq!(split(&Bytes::from_static(b"--B\r\n\r\nx"), "B"), None);
    }
}
