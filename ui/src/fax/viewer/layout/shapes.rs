//! Sizes and parts, in pixels or points.

/// Width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::fax::viewer) struct Size {
    pub(in crate::fax::viewer) width: f64,
    pub(in crate::fax::viewer) height: f64,
}

/// A part of something, in its pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::fax::viewer) struct Area {
    pub(in crate::fax::viewer) left: f64,
    pub(in crate::fax::viewer) top: f64,
    pub(in crate::fax::viewer) width: f64,
    pub(in crate::fax::viewer) height: f64,
}

impl Area {
    pub(in crate::fax::viewer) fn size(self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    pub(in crate::fax::viewer) fn scaled(self, by: f64) -> Self {
        Self {
            left: self.left * by,
            top: self.top * by,
            width: self.width * by,
            height: self.height * by,
        }
    }

    /// What both have; `None` when they do not touch.
    pub(in crate::fax::viewer) fn shared(self, other: Self) -> Option<Self> {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        let width = (self.left + self.width).min(other.left + other.width) - left;
        let height = (self.top + self.height).min(other.top + other.height) - top;
        (width > 0.0 && height > 0.0).then_some(Self {
            left,
            top,
            width,
            height,
        })
    }
}
