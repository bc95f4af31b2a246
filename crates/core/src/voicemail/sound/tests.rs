use super::*;
use domain::voicemail::PEAKS;
use simulator::media::{clip, clips};
use std::io::{Seek, SeekFrom, Write};

/// A mono WAV file of mu-law samples, written without holding it in memory.
fn long_recording(seconds: u32, rate: u32) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let bytes = seconds * rate;
    let mut header = Vec::new();
    header.extend_from_slice(b"RIFF");
    header.extend_from_slice(&(bytes + 50).to_le_bytes());
    header.extend_from_slice(b"WAVEfmt ");
    header.extend_from_slice(&18_u32.to_le_bytes());
    for (short, per_second) in [(7_u16, None), (1, Some(rate)), (1, None), (8, None), (0, None)] {
        header.extend_from_slice(&short.to_le_bytes());
        if let Some(rate) = per_second {
            header.extend_from_slice(&rate.to_le_bytes());
            header.extend_from_slice(&rate.to_le_bytes());
        }
    }
    header.extend_from_slice(b"data");
    header.extend_from_slice(&bytes.to_le_bytes());
    file.write_all(&header).unwrap();
    // Mu-law silence, with one loud second in the middle.
    let quiet = vec![0xff_u8; rate as usize];
    for second in 0..seconds {
        let loud = vec![0x00_u8; rate as usize];
        file.write_all(if second == seconds / 2 { &loud } else { &quiet })
            .unwrap();
    }
    file.seek(SeekFrom::Start(0)).unwrap();
    file
}

#[test]
fn every_clip_of_the_demo_company_is_heard_in_its_whole_length() {
    for clip in clips() {
        let samples = decode(clip.bytes.to_vec()).unwrap();
        assert_eq!(samples.rate, 8000, "{}", clip.file);
        let seconds = samples.samples.len() as f64 / 8000.0;
        assert!(
            (seconds - f64::from(clip.duration_s)).abs() < 1.0,
            "{}: {seconds}",
            clip.file
        );
        let loudest = samples.samples.iter().copied().fold(0.0, f32::max);
        assert!(loudest > 0.1 && loudest <= 1.0, "{}: {loudest}", clip.file);
    }
}

#[test]
fn the_peaks_of_a_clip_show_speech_and_pauses() {
    let look = look(clip(0).bytes.to_vec()).unwrap();
    assert_eq!(look.peaks.len(), PEAKS);
    assert!(look.peaks.iter().any(|peak| *peak > 60));
    assert!(look.peaks.iter().any(|peak| *peak < 20));
    assert!(
        (18_000..20_500).contains(&look.duration_ms),
        "{}",
        look.duration_ms
    );
}

#[test]
fn a_truncated_recording_plays_as_far_as_it_goes() {
    for clip in [clip(0), clip(8)] {
        let whole = look(clip.bytes.to_vec()).unwrap();
        let half = clip.bytes.get(..clip.bytes.len() / 2).unwrap().to_vec();
        let cut = look(half).unwrap();
        let expected = whole.duration_ms / 2;
        assert!(
            cut.duration_ms.abs_diff(expected) < 400,
            "{}: {}",
            clip.file,
            cut.duration_ms
        );
    }
}

#[test]
fn noise_in_the_middle_of_a_recording_does_not_end_it() {
    let mut bytes = clip(0).bytes.to_vec();
    bytes[9000..9600].fill(0x55);
    let whole = look(clip(0).bytes.to_vec()).unwrap();
    let disturbed = look(bytes).unwrap();
    assert!(
        disturbed.duration_ms + 1500 > whole.duration_ms,
        "{}",
        disturbed.duration_ms
    );
}

#[test]
fn nothing_at_all_is_told_from_what_is_no_sound_and_from_what_is_damaged() {
    assert!(matches!(decode(Vec::new()), Err(SoundFault::Empty)));
    let page = "<html><body>Not found</body></html>".repeat(500).into_bytes();
    assert!(matches!(decode(page), Err(SoundFault::NotASound)));
    assert!(matches!(decode(vec![7; 5000]), Err(SoundFault::NotASound)));
    let beginning = clip(0).bytes.get(..30).unwrap().to_vec();
    assert!(matches!(decode(beginning), Err(SoundFault::Damaged)));
    let header = clip(8).bytes.get(..20).unwrap().to_vec();
    assert!(matches!(decode(header), Err(SoundFault::Damaged)));
    let missing = decode(PathBuf::from("/nowhere/at/all.mp3")).unwrap_err();
    assert!(!missing.is_lasting());
}

#[test]
fn an_hour_is_read_in_small_parts() {
    let file = long_recording(3600, 8000);
    let mut largest = 0;
    let extent = each_part(file.path(), |_, part| {
        largest = largest.max(part.len());
        Ok(())
    })
    .unwrap();
    assert_eq!(extent.duration_ms(), 3_600_000);
    assert!(largest <= 8000, "{largest} samples at once");
    let look = look(file.path()).unwrap();
    assert_eq!(look.duration_ms, 3_600_000);
    assert!(look.peaks[PEAKS / 2] > 200 && look.peaks[10] < 10);
}

#[test]
fn more_than_three_hours_are_refused() {
    let file = long_recording(3 * 3600 + 5, 100);
    assert!(matches!(look(file.path()), Err(SoundFault::TooLong)));
}

#[test]
fn a_telephone_systems_short_header_hides_no_sound() {
    let mut short = Vec::new();
    std::io::Read::read_to_end(&mut long_recording(4, 8000), &mut short).unwrap();
    let usual = decode(short.clone()).unwrap();
    // The chunk that describes the format ends where that of plain samples would.
    short[16] = 16;
    short.drain(36..38);
    for law in [7, 6] {
        short[20] = law;
        let heard = decode(short.clone()).unwrap();
        assert_eq!((heard.rate, heard.samples.len()), (8000, 32_000));
        assert_eq!(law == 7, heard == usual);
    }
    let mut plain = short.clone();
    plain[20] = 1;
    assert_eq!(decode(plain).unwrap().rate, 8000);
}
