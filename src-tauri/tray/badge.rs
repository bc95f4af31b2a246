//! The mark on the tray icon that says something is unread.
//!
//! A dot, no figure: at the size of a tray icon a figure cannot be read. The figure is in the tooltip and the menu.

use tauri::image::Image;

const COLOUR: [u8; 4] = [0xe5, 0x3e, 0x3e, 0xff];
const RING: [u8; 4] = [0xff, 0xff, 0xff, 0xff];

/// The icon with a dot in its upper right corner.
pub(super) fn with_dot(icon: &Image<'_>) -> Image<'static> {
    let (width, height) = (icon.width(), icon.height());
    let radius = f64::from(width) * 0.22;
    let (centre_x, centre_y) = (f64::from(width) - radius, radius);
    let ring = f64::from(width) / 16.0;
    let mut rgba = icon.rgba().to_vec();
    for (pixel, index) in rgba.chunks_exact_mut(4).zip(0_u32..) {
        let (x, y) = (
            f64::from(index % width.max(1)) + 0.5,
            f64::from(index / width.max(1)) + 0.5,
        );
        let distance = (x - centre_x).hypot(y - centre_y);
        if distance <= radius - ring {
            pixel.copy_from_slice(&COLOUR);
        } else if distance <= radius {
            pixel.copy_from_slice(&RING);
        }
    }
    Image::new_owned(rgba, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dot_is_in_the_upper_right_and_nowhere_else() {
        let blank = Image::new_owned(vec![0; 32 * 32 * 4], 32, 32);
        let marked = with_dot(&blank);
        let pixel =
            |x: usize, y: usize| <[u8; 4]>::try_from(&marked.rgba()[(y * 32 + x) * 4..][..4]).unwrap();
        assert_eq!(pixel(25, 6), COLOUR);
        assert_eq!(pixel(2, 29), [0; 4]);
        assert_eq!(marked.rgba().len(), blank.rgba().len());
    }
}
