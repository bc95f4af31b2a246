//! The recorded voicemail clips, embedded, with their words and lengths.
//!
//! How they were made stands beside them in `assets/voicemail`.

/// A recorded message.
#[derive(Debug, Clone, Copy)]
pub struct Clip {
    /// Its place in the list.
    pub index: usize,
    /// The file it comes from.
    pub file: &'static str,
    /// `audio/mpeg` or `audio/x-wav`.
    pub content_type: &'static str,
    /// Length in seconds, rounded, as the message store tells it.
    pub duration_s: u32,
    /// What is said.
    pub transcript: &'static str,
    /// The number the caller gives or calls from, digits of E.164; zero when it is nobody in particular.
    pub caller: u64,
    /// The audio.
    pub bytes: &'static [u8],
}

/// All clips.
pub fn clips() -> &'static [Clip] {
    &CLIPS
}

/// A clip by its place; places beyond the end start over, so any number names a clip.
pub fn clip(index: usize) -> &'static Clip {
    // The list is not empty, so the fallback is the first clip and never missing.
    CLIPS.get(index % CLIPS.len()).unwrap_or(&CLIPS[0])
}

static CLIPS: [Clip; 14] = [
    Clip {
        index: 0,
        file: "delgado.mp3",
        content_type: "audio/mpeg",
        duration_s: 19,
        transcript: "Hi, this is Maria Delgado with Delgado Concrete. We're pouring the Second Street footings Thursday at 6 AM, and I still need the number five dowels, about a hundred and twenty of them. Call me back at 415 555 0132. Thanks.",
        caller: 14_155_550_132,
        bytes: include_bytes!("../../assets/voicemail/delgado.mp3"),
    },
    Clip {
        index: 1,
        file: "whitaker.mp3",
        content_type: "audio/mpeg",
        duration_s: 20,
        transcript: "Morning, it's Dan Whitaker at Bayline Builders. Our delivery on PO 4471 hasn't shown up, and I've got six guys standing around. My cell is 925 555 0148. Call me as soon as you get this.",
        caller: 19_255_550_148,
        bytes: include_bytes!("../../assets/voicemail/whitaker.mp3"),
    },
    Clip {
        index: 2,
        file: "raman.mp3",
        content_type: "audio/mpeg",
        duration_s: 19,
        transcript: "Hello, this is Priya Raman at Raman and Cole, structural engineers. I went through the shop drawings for the parking structure and have two comments on the lap splices at grid line C. I'll send the markups, but please call first. 510 555 0167.",
        caller: 15_105_550_167,
        bytes: include_bytes!("../../assets/voicemail/raman.mp3"),
    },
    Clip {
        index: 3,
        file: "okafor.mp3",
        content_type: "audio/mpeg",
        duration_s: 17,
        transcript: "Hey, Tom Okafor, Okafor Grading. Looking for a price on four tons of number four, twenty foot sticks, delivered to Vallejo. No rush, end of the week is fine. 707 555 0119.",
        caller: 17_075_550_119,
        bytes: include_bytes!("../../assets/voicemail/okafor.mp3"),
    },
    Clip {
        index: 4,
        file: "hirsch.mp3",
        content_type: "audio/mpeg",
        duration_s: 18,
        transcript: "Hi, Janet Hirsch in receivables at Pacific Mill Supply. I'm calling about invoice 20817, which is now past sixty days. Could somebody in accounting call me? 209 555 0155. Thank you.",
        caller: 12_095_550_155,
        bytes: include_bytes!("../../assets/voicemail/hirsch.mp3"),
    },
    Clip {
        index: 5,
        file: "boyd.mp3",
        content_type: "audio/mpeg",
        duration_s: 17,
        transcript: "Good afternoon, Alistair Boyd, Northgate Structures. The column cages came with the wrong hooks. They're ninety degrees and the drawing says one thirty five. I've got photos. Ring me on 408 555 0124.",
        caller: 14_085_550_124,
        bytes: include_bytes!("../../assets/voicemail/boyd.mp3"),
    },
    Clip {
        index: 6,
        file: "ferreira.mp3",
        content_type: "audio/mpeg",
        duration_s: 10,
        transcript: "It's Rick Ferreira, Summit Foundations. Can you move tomorrow's drop to the back gate? The front's blocked. Thanks.",
        caller: 19_255_550_151,
        bytes: include_bytes!("../../assets/voicemail/ferreira.mp3"),
    },
    Clip {
        index: 7,
        file: "listing.mp3",
        content_type: "audio/mpeg",
        duration_s: 8,
        transcript: "This message is for the business owner. Your listing is about to expire. To keep it, press one now, or call us back today.",
        caller: 0,
        bytes: include_bytes!("../../assets/voicemail/listing.mp3"),
    },
    Clip {
        index: 8,
        file: "luis.wav",
        content_type: "audio/x-wav",
        duration_s: 9,
        transcript: "Hey, it's Luis with Delta Hauling. I'm at your yard gate and it's locked. Somebody let me in.",
        caller: 12_095_550_163,
        bytes: include_bytes!("../../assets/voicemail/luis.wav"),
    },
    Clip {
        index: 9,
        file: "neighbor.mp3",
        content_type: "audio/mpeg",
        duration_s: 17,
        transcript: "Hi there, I'm building a little retaining wall at home and wondered whether you sell to the public. I only need maybe thirty pieces of half inch bar. My name is Carol, and I'm at 650 555 0178. Thank you so much.",
        caller: 16_505_550_178,
        bytes: include_bytes!("../../assets/voicemail/neighbor.mp3"),
    },
    Clip {
        index: 10,
        file: "inspector.mp3",
        content_type: "audio/mpeg",
        duration_s: 17,
        transcript: "This is Graham Ellis, special inspector on the Harbor Point job. I'll need the mill certificates for heat number 7419 before I can sign off the mat. You can fax them to the site trailer. 510 555 0181.",
        caller: 15_105_550_181,
        bytes: include_bytes!("../../assets/voicemail/inspector.mp3"),
    },
    Clip {
        index: 11,
        file: "hello.mp3",
        content_type: "audio/mpeg",
        duration_s: 8,
        transcript: "Uh, hello? Hello? Is anybody there? Okay, never mind. I'll try again later.",
        caller: 0,
        bytes: include_bytes!("../../assets/voicemail/hello.mp3"),
    },
    Clip {
        index: 12,
        file: "nakamura.mp3",
        content_type: "audio/mpeg",
        duration_s: 16,
        transcript: "Hi, it's Kim Nakamura at the Harbor Point project office. The pour is pushed to Monday because of the rain, so please hold the beam cages until Friday. Any questions, I'm at 510 555 0172.",
        caller: 15_105_550_172,
        bytes: include_bytes!("../../assets/voicemail/nakamura.mp3"),
    },
    Clip {
        index: 13,
        file: "petrov.mp3",
        content_type: "audio/mpeg",
        duration_s: 17,
        transcript: "Yeah, Alex Petrov, Petrov Masonry. We came up short on the verticals, eleven pieces of number six at twelve foot four. Can I pick them up this afternoon? 916 555 0143.",
        caller: 19_165_550_143,
        bytes: include_bytes!("../../assets/voicemail/petrov.mp3"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_are_listed_as_in_the_index_beside_the_files() {
        let index = include_str!("../../assets/voicemail/clips.tsv");
        let listed: Vec<(&str, &str)> = index
            .lines()
            .skip(1)
            .map(|line| {
                let mut columns = line.split('\t');
                (columns.next().unwrap(), columns.next_back().unwrap())
            })
            .collect();
        let embedded: Vec<(&str, &str)> = clips().iter().map(|clip| (clip.file, clip.transcript)).collect();
        assert_eq!(embedded, listed);
    }

    #[test]
    fn a_clip_lasts_as_long_as_the_message_store_will_say() {
        for clip in clips() {
            let seconds = if clip.content_type == "audio/x-wav" {
                // Mu-law at 8 kHz is one byte per sample after a short header.
                (clip.bytes.len() - 58) as f64 / 8000.0
            } else {
                // MPEG-2.5 layer III at 8 kHz: 576 samples in every frame.
                mp3_frames(clip.bytes) as f64 * 576.0 / 8000.0
            };
            assert!(
                (seconds - f64::from(clip.duration_s)).abs() < 0.8,
                "{}: {seconds}",
                clip.file
            );
            assert!(clip.bytes.len() < 72_000);
        }
    }

    fn mp3_frames(bytes: &[u8]) -> usize {
        const KILOBITS: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        let (mut at, mut frames) = (0, 0);
        while at + 4 <= bytes.len() {
            assert_eq!(
                (bytes[at], bytes[at + 1] & 0xF6),
                (0xFF, 0xE2),
                "no frame at {at}"
            );
            let rate = KILOBITS[usize::from(bytes[at + 2] >> 4)];
            let padding = usize::from(bytes[at + 2] >> 1 & 1);
            at += 72 * rate * 1000 / 8000 + padding;
            frames += 1;
        }
        frames
    }
}
