//! The models that can be downloaded.
//!
//! They are OpenAI's Whisper (MIT) in the format of whisper.cpp, as its makers publish them. Sizes and sums are those that
//! the publisher shows for each file (its "Large File Pointer"), as others that pin the same files quote them too. Every
//! download is compared with its sum, from whatever address it comes, so a mirror cannot put another file in its place.

/// Where the makers of whisper.cpp publish the models; a person can choose another address with the same files.
pub(super) const DEFAULT_ADDRESS: &str = "https://huggingface.co/ggerganov/whisper.cpp/resolve/main";

/// A model that can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    pub name: &'static str,
    /// What it is good for, in a sentence.
    pub words: &'static str,
    pub size_bytes: u64,
    /// SHA-256, in small hexadecimal digits.
    pub sha256: &'static str,
}

/// From the smallest to the largest.
pub const CATALOGUE: [CatalogueEntry; 4] = [
    CatalogueEntry {
        name: "tiny.en",
        words: "English. The quickest: a minute of speech takes a few seconds. Names and numbers are sometimes misheard.",
        size_bytes: 77_704_715,
        sha256: "921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f",
    },
    CatalogueEntry {
        name: "base.en",
        words: "English. Twice as slow as the smallest, and better with names and numbers. Right for most.",
        size_bytes: 147_964_211,
        sha256: "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002",
    },
    CatalogueEntry {
        name: "small.en",
        words: "English. The most exact and the slowest; for computers with memory to spare.",
        size_bytes: 487_614_201,
        sha256: "c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d",
    },
    CatalogueEntry {
        name: "base",
        words: "Many languages, and finds out which is spoken. In English less exact than the English ones.",
        size_bytes: 147_951_465,
        sha256: "60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe",
    },
];

impl CatalogueEntry {
    /// What the publisher calls the file.
    pub(super) fn file_name(&self) -> String {
        format!("ggml-{}.bin", self.name)
    }
}
