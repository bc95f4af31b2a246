//! Long recordings put together from short ones: MP3 frame by frame, WAV sample by sample. Nothing is decoded.

use std::ops::Range;

use super::clips::Clip;

/// MPEG-2.5 layer III at 8 kHz: 576 samples in every frame.
const SAMPLES_PER_FRAME: usize = 576;
const SAMPLE_RATE: usize = 8_000;
/// Where the description of a variable bit rate stands in the first frame: after the header and the side information of
/// one channel.
const XING_AT: usize = 13;
const XING_FRAMES_AT: usize = XING_AT + 8;
const XING_BYTES_AT: usize = XING_AT + 12;
const XING_PLACES_AT: usize = XING_AT + 16;
const XING_PLACES: usize = 100;
/// After the hundred places and the quality follows what the encoder says of itself, which is true of one part only.
const XING_ENCODER_AT: usize = XING_PLACES_AT + XING_PLACES + 4;
/// The header of the WAV clip, whose length fields stand at 4, 46 and 54.
const WAV_HEADER: usize = 58;

/// Where the whole frames of an MP3 stand, up to the first byte that begins none.
pub(super) fn mp3_frames(bytes: &[u8]) -> Vec<Range<usize>> {
    const KILOBITS: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let mut frames: Vec<Range<usize>> = Vec::new();
    loop {
        let at = frames.last().map_or(0, |frame| frame.end);
        let Some([first, second, third, _]) = bytes
            .get(at..at + 4)
            .and_then(|four| <[u8; 4]>::try_from(four).ok())
        else {
            return frames;
        };
        let rate = KILOBITS.get(usize::from(third >> 4)).copied().unwrap_or_default();
        let length = SAMPLES_PER_FRAME / 8 * rate * 1_000 / SAMPLE_RATE + usize::from(third >> 1 & 1);
        let is_frame = first == 0xFF && second & 0xF6 == 0xE2 && rate > 0;
        if !is_frame || at + length > bytes.len() {
            return frames;
        }
        frames.push(at..at + length);
    }
}

/// The frames of a clip that sound. The first only describes the others.
fn sounding(clip: &Clip) -> Vec<Range<usize>> {
    mp3_frames(clip.bytes).split_off(1)
}

/// How long the parts last together, rounded to seconds.
pub(super) fn mp3_duration_s(parts: &[&'static Clip]) -> u32 {
    let frames: usize = parts.iter().map(|clip| sounding(clip).len()).sum();
    u32::try_from((frames * SAMPLES_PER_FRAME + SAMPLE_RATE / 2) / SAMPLE_RATE).unwrap_or(u32::MAX)
}

/// The parts as one MP3 with one description in front, so that players know its length and find their way in it.
pub(super) fn mp3(parts: &[&'static Clip]) -> Vec<u8> {
    let Some(description) = parts
        .first()
        .and_then(|first| first.bytes.get(mp3_frames(first.bytes).first()?.clone()))
    else {
        return Vec::new();
    };
    let mut whole = description.to_vec();
    let mut starts = Vec::new();
    for clip in parts {
        for frame in sounding(clip) {
            starts.push(whole.len());
            whole.extend_from_slice(clip.bytes.get(frame).unwrap_or_default());
        }
    }
    let described = description.len();
    let (frames, length) = (starts.len(), whole.len());
    write_u32(&mut whole, XING_FRAMES_AT, frames, u32::to_be_bytes);
    write_u32(&mut whole, XING_BYTES_AT, length, u32::to_be_bytes);
    for hundredth in 0..XING_PLACES {
        let start = starts
            .get(frames * hundredth / XING_PLACES)
            .copied()
            .unwrap_or_default();
        let place = u8::try_from(start * 256 / length.max(1)).unwrap_or(u8::MAX);
        if let Some(byte) = whole.get_mut(XING_PLACES_AT + hundredth) {
            *byte = place;
        }
    }
    if let Some(encoder) = whole.get_mut(XING_ENCODER_AT..described) {
        encoder.fill(0);
    }
    whole
}

/// The samples of a mu-law WAV over and over until it is exactly so long.
pub(super) fn wav(clip: &[u8], seconds: u32) -> Vec<u8> {
    let (Some(header), Some(samples)) = (clip.get(..WAV_HEADER), clip.get(WAV_HEADER..)) else {
        return Vec::new();
    };
    let length = usize::try_from(seconds).unwrap_or_default() * SAMPLE_RATE;
    let mut whole = Vec::with_capacity(WAV_HEADER + length);
    whole.extend_from_slice(header);
    while whole.len() < WAV_HEADER + length && !samples.is_empty() {
        let wanted = (WAV_HEADER + length - whole.len()).min(samples.len());
        whole.extend_from_slice(samples.get(..wanted).unwrap_or_default());
    }
    // The first length counts everything after itself.
    write_u32(&mut whole, 4, WAV_HEADER - 8 + length, u32::to_le_bytes);
    write_u32(&mut whole, 46, length, u32::to_le_bytes);
    write_u32(&mut whole, 54, length, u32::to_le_bytes);
    whole
}

fn write_u32(bytes: &mut [u8], at: usize, value: usize, order: fn(u32) -> [u8; 4]) {
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    if let Some(place) = bytes.get_mut(at..at + 4) {
        place.copy_from_slice(&order(value));
    }
}
