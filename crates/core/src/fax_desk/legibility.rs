//! How well a page will be read on the other side: pure measures on its dots. Fax machines know black and white only.

/// Dots of a page as it was drawn; three samples for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dots {
    pub(super) width: usize,
    pub(super) samples: Vec<u8>,
}

/// What was found on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Nothing stands on it.
    pub(super) is_blank: bool,
    /// A photograph, or large areas of colour.
    pub(super) is_colourful: bool,
    pub(super) is_dark: bool,
    /// Letters of a few points.
    pub(super) is_tiny: bool,
    /// It takes much longer than a page of words.
    pub(super) is_graphic: bool,
}

/// The width in which pages are drawn to be looked at: a hundred dots to the inch of a letter page.
pub(super) const WIDTH_PX: u32 = 850;

const WHITE: u8 = 245;
const BLACK: u8 = 110;
/// A line of six-point letters is so many dots tall at a hundred to the inch, from the highest to the lowest.
const TINY_LINE: usize = 6;
/// Dirt and rules are no lines of words.
const LEAST_LINE: usize = 3;
/// So many lines make a text.
const LEAST_LINES: usize = 6;

pub(super) fn look(dots: &Dots) -> Look {
    let total = (dots.samples.len() / 3).max(1);
    let (mut inked, mut dark, mut middling, mut coloured) = (0_usize, 0_usize, 0_usize, 0_usize);
    for dot in dots.samples.chunks_exact(3) {
        let (Some(least), Some(most)) = (dot.iter().min(), dot.iter().max()) else {
            continue;
        };
        let grey = luma(dot);
        inked += usize::from(grey < WHITE);
        dark += usize::from(grey < BLACK);
        middling += usize::from((BLACK..WHITE).contains(&grey));
        coloured += usize::from(most - least > 48 && grey < WHITE);
    }
    let share = |count: usize, of_hundred: usize| count * 100 > total * of_hundred;
    let is_colourful = share(coloured, 12);
    let is_dark = share(dark, 30);
    Look {
        is_blank: inked * 10_000 < total,
        is_colourful,
        is_dark,
        is_tiny: is_tiny(dots),
        is_graphic: is_colourful || is_dark || share(middling, 15) || share(dark, 20),
    }
}

fn luma(dot: &[u8]) -> u8 {
    let weighted = match dot {
        [red, green, blue] => u32::from(*red) * 299 + u32::from(*green) * 587 + u32::from(*blue) * 114,
        _ => 0,
    };
    u8::try_from(weighted / 1_000).unwrap_or(u8::MAX)
}

/// Lines of words are told by the white between them; most of them have to be tiny.
fn is_tiny(dots: &Dots) -> bool {
    let mut lines: Vec<usize> = Vec::new();
    let mut tall = 0;
    for row in dots.samples.chunks_exact(dots.width.max(1) * 3) {
        let inked = row.chunks_exact(3).filter(|dot| luma(dot) < 190).count();
        // A few dots are dirt; a whole row of them is a rule or a picture.
        if inked >= 3 && inked * 10 < dots.width * 8 {
            tall += 1;
        } else if tall > 0 {
            lines.push(tall);
            tall = 0;
        }
    }
    lines.retain(|tall| *tall >= LEAST_LINE);
    let tiny = lines.iter().filter(|tall| **tall <= TINY_LINE).count();
    tiny >= LEAST_LINES && tiny * 2 > lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(paint: impl Fn(usize, usize) -> [u8; 3]) -> Dots {
        let (width, height) = (850, 1_100);
        let samples = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| paint(x, y))
            .collect();
        Dots { width, samples }
    }

    /// Lines of words so tall, with as much white between them.
    fn words(tall: usize) -> Dots {
        page(|x, y| {
            let is_line = (y / tall) % 2 == 1 && y > 100 && y < 1_000;
            let is_letter = x > 100 && x < 700 && x % 5 < 2;
            if is_line && is_letter { [0; 3] } else { [255; 3] }
        })
    }

    #[test]
    fn a_page_of_words_is_fine() {
        assert_eq!(look(&words(12)), Look::default());
    }

    #[test]
    fn small_print_a_photograph_a_dark_page_and_an_empty_one_are_told() {
        assert!(look(&words(5)).is_tiny);
        let photo = look(&page(|x, y| {
            [
                200,
                u8::try_from(x % 100).unwrap(),
                u8::try_from(y % 100).unwrap(),
            ]
        }));
        assert!(photo.is_colourful && photo.is_graphic);
        let dark = look(&page(|_, y| if y < 600 { [20; 3] } else { [255; 3] }));
        assert!(dark.is_dark && !dark.is_colourful);
        assert!(look(&page(|_, _| [255; 3])).is_blank);
    }
}
