//! The parts that pages are made of. They know how to look and behave, and nothing of the core.

pub(crate) mod avatar;
pub(crate) mod button;
pub(crate) mod copy_button;
pub(crate) mod dialog;
pub(crate) mod empty_state;
pub(crate) mod field;
pub(crate) mod file_place;
pub(crate) mod icon;
pub(crate) mod kept_line;
pub(crate) mod menu_item;
pub(crate) mod popover;
pub(crate) mod search_field;
pub(crate) mod skeleton;
pub(crate) mod strip;
pub(crate) mod tabs;
pub(crate) mod toasts;
pub(crate) mod virtual_list;

pub(crate) use avatar::AvatarSize;
pub(crate) use button::{Button, ButtonKind};
pub(crate) use copy_button::CopyButton;
pub(crate) use dialog::Dialog;
pub(crate) use empty_state::EmptyState;
pub(crate) use field::{Choice, Switch, TextArea, TextField};
pub(crate) use file_place::{FileInput, FilePlace};
pub(crate) use icon::{Glyph, Icon};
pub(crate) use kept_line::KeptLine;
pub(crate) use menu_item::MenuItem;
pub(crate) use popover::Popover;
pub(crate) use search_field::SearchField;
pub(crate) use skeleton::{Skeleton, SkeletonKind};
pub(crate) use strip::{Strip, StripKind};
pub(crate) use tabs::{Tab, Tabs};
pub(crate) use toasts::{ToastHost, Toasts, use_toasts};
pub(crate) use virtual_list::{Slot, VirtualList};
