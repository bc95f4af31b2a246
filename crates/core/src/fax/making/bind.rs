//! One PDF out of several documents. Pages of a PDF are taken over with everything that belongs to them, the dots of pictures
//! are put onto pages as they were compressed.

use super::super::FaxError;
use super::Turned;
use super::cut::{complete, opened};
use domain::attachment::FaxPage;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// A PDF that grows part by part.
#[derive(Debug)]
pub(super) struct Binding {
    whole: Document,
    root: ObjectId,
    kids: Vec<Object>,
}

impl Binding {
    pub(super) fn new() -> Self {
        let mut whole = Document::with_version("1.7");
        let root = whole.new_object_id();
        Self {
            whole,
            root,
            kids: Vec::new(),
        }
    }

    pub(super) fn add_pages(&mut self, pdf: &[u8], chosen: &[Turned]) -> Result<(), FaxError> {
        let mut part = opened(pdf)?;
        part.renumber_objects_with(self.whole.max_id + 1);
        let pages: Vec<ObjectId> = part.get_pages().into_values().collect();
        for one in chosen {
            let index = usize::try_from(one.index).map_err(|_| FaxError::NoSuchPage)?;
            let id = *pages.get(index).ok_or(FaxError::NoSuchPage)?;
            let mut page = complete(&part, id, one.quarter_turns)?;
            page.set("Parent", self.root);
            self.kids.push(part.add_object(page).into());
        }
        self.whole.max_id = self.whole.max_id.max(part.max_id);
        let is_of_kind =
            |object: &Object, kind: &[u8]| object.as_dict().is_ok_and(|dict| dict.has_type(kind));
        let is_of_all = |object: &Object| is_of_kind(object, b"Catalog") || is_of_kind(object, b"Pages");
        let objects = part.objects.into_iter().filter(|(_, object)| !is_of_all(object));
        self.whole.objects.extend(objects);
        Ok(())
    }

    pub(super) fn add_picture(
        &mut self,
        png: &[u8],
        size: FaxPage,
        quarter_turns: u8,
    ) -> Result<(), FaxError> {
        let picture = picture(png).ok_or(FaxError::Damaged)?;
        let picture = self.whole.add_object(picture);
        let (width, height) = (i64::from(size.width), i64::from(size.height));
        let drawing = format!("q {width} 0 0 {height} 0 0 cm /P Do Q");
        let drawing = self
            .whole
            .add_object(Stream::new(dictionary! {}, drawing.into_bytes()));
        let page = self.whole.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.root,
            "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
            "Rotate" => 90 * i64::from(quarter_turns % 4),
            "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
            "Contents" => drawing,
        });
        self.kids.push(page.into());
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, FaxError> {
        let count = i64::try_from(self.kids.len()).unwrap_or(i64::MAX);
        let tree = dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count };
        self.whole.objects.insert(self.root, tree.into());
        let catalog = self
            .whole
            .add_object(dictionary! { "Type" => "Catalog", "Pages" => self.root });
        self.whole.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        self.whole.save_to(&mut bytes).map_err(|_| FaxError::Damaged)?;
        Ok(bytes)
    }
}

/// What a PNG has compressed a PDF reads as it is: both use the same compression and the same prediction of rows
/// (ISO 32000-1, 7.4.4.4).
fn picture(png: &[u8]) -> Option<Stream> {
    let mut rest = png.get(8..)?;
    let (mut head, mut data) = (None, Vec::new());
    while let Some((length, kind)) = rest.get(..4).zip(rest.get(4..8)) {
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let content = rest.get(8..8_usize.checked_add(length)?)?;
        match kind {
            b"IHDR" => head = Some(content),
            b"IDAT" => data.extend_from_slice(content),
            _ => {}
        }
        rest = rest.get(12_usize.checked_add(length)?..)?;
    }
    let head = head?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (i64::from(number(0)?), i64::from(number(4)?));
    let bits = i64::from(*head.get(8)?);
    let (space, colours) = match head.get(9)? {
        0 => ("DeviceGray", 1),
        2 => ("DeviceRGB", 3),
        _ => return None,
    };
    let mut stream = Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => width,
            "Height" => height,
            "ColorSpace" => space,
            "BitsPerComponent" => bits,
            "Filter" => "FlateDecode",
            "DecodeParms" => dictionary! {
                "Predictor" => 15,
                "Colors" => colours,
                "BitsPerComponent" => bits,
                "Columns" => width,
            },
        },
        data,
    );
    stream.allows_compression = false;
    Some(stream)
}
