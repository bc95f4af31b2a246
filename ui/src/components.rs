//! The parts that pages are made of. They know how to look and behave, and nothing of the core.

pub mod avatar;
pub mod button;
pub mod copy_button;
pub mod dialog;
pub mod empty_state;
pub mod field;
pub mod icon;
pub mod popover;
pub mod search_field;
pub mod skeleton;
pub mod strip;
pub mod tabs;
pub mod toasts;
pub mod virtual_list;

pub use avatar::{Avatar, AvatarSize};
pub use button::{Button, ButtonKind};
pub use copy_button::CopyButton;
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use field::{Choice, Switch, TextArea, TextField};
pub use icon::{Glyph, Icon};
pub use popover::{MenuItem, Popover};
pub use search_field::SearchField;
pub use skeleton::{Skeleton, SkeletonKind};
pub use strip::{Strip, StripKind};
pub use tabs::{Tab, Tabs};
pub use toasts::{ToastHost, Toasts, use_toasts};
pub use virtual_list::{Slot, VirtualList};
