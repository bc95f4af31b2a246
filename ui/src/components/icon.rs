//! The signs, drawn for this app on a 24 by 24 grid with one stroke width. They never stand alone without a label.

use yew::{Html, Properties, component, html};

/// Which sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Attach,
    Back,
    Back10,
    Bell,
    /// Nothing, as wide as the others.
    Blank,
    Book,
    CallIn,
    CallMissed,
    CallOut,
    Campaign,
    Check,
    CheckTwice,
    Clock,
    Close,
    Copy,
    Down,
    Download,
    Edit,
    Fax,
    File,
    Forward,
    FullScreen,
    Gear,
    Help,
    Home,
    Inbox,
    Invert,
    Key,
    Link,
    Listen,
    Live,
    Merge,
    Minus,
    More,
    Muted,
    Next,
    Offline,
    On10,
    Open,
    Panel,
    Parked,
    Pause,
    Person,
    PersonAdd,
    Phone,
    Play,
    Plus,
    Print,
    Reply,
    Right,
    Search,
    SignOut,
    Spark,
    Star,
    Sync,
    Team,
    Text,
    Thumbnails,
    Trash,
    TurnLeft,
    TurnRight,
    Undo,
    Up,
    Upload,
    Voicemail,
    Volume,
    Warning,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub icon: Icon,
    /// Smaller, for use inside a line of text.
    #[prop_or_default]
    pub small: bool,
}

/// Draws a sign. Hidden from screen readers, as the words beside it say the same.
#[component]
pub(crate) fn Glyph(props: &Props) -> Html {
    html! {
        <svg class={if props.small { "icon icon-small" } else { "icon" }} viewBox="0 0 24 24" aria-hidden="true">
            <path d={path(props.icon)} />
        </svg>
    }
}

fn path(icon: Icon) -> &'static str {
    match icon {
        Icon::Attach => {
            "M19.500 11.500l-7.800 7.800a5 5 0 0 1-7-7L12.500 4.500a3.300 3.300 0 0 1 4.700 4.700l-7.700 7.700a1.600 1.600 0 0 1-2.300-2.300l7-7"
        }
        Icon::Back => "M15 5l-7 7 7 7",
        Icon::Back10 => {
            "M6.200 7.500A8 8 0 1 1 4 13M6 3.500v4.300h4.300M9.200 11v5M12.500 12.200a1.200 1.200 0 0 1 2.600 0v2.600a1.200 1.200 0 0 1-2.600 0z"
        }
        Icon::Bell => "M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4",
        Icon::Blank => "",
        Icon::Book => {
            "M6 3h13v18H6a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 6 3zM8.500 3v18M12 8h4M12 12h4"
        }
        Icon::CallIn => "M19 5L6 18M6 9v9h9",
        Icon::CallMissed => "M3.500 7.500l8 8 9-9M3.500 13.500v-6h6",
        Icon::CallOut => "M5 19L18 6M9 6h9v9",
        Icon::Campaign => {
            "M4 9.500v5h3.500l9 4V5.500l-9 4zM19.500 9.500a3.500 3.500 0 0 1 0 5M8 14.500l1.500 5H12l-1.500-4.200"
        }
        Icon::Check => "M4.500 12.500l5 5 10-11",
        Icon::CheckTwice => "M2 12.500l5 5 9-10.500M12.500 16.500l1 1 8.500-10.500",
        Icon::Clock => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7.500v5l3.500 2",
        Icon::Close => "M6 6l12 12M18 6L6 18",
        Icon::Copy => "M9 8h10v13H9zM15 5V3H5v13h1.500",
        Icon::Down => "M6 9.500l6 6 6-6",
        Icon::Download => "M12 4v11M7 10.500l5 5 5-5M4.500 20h15",
        Icon::Edit => "M4 20l1-4.500L16.500 4 20 7.500 8.500 19zM14 6.500l3.500 3.500",
        Icon::Fax => {
            "M7 10V3h10v7M4.500 10h15A1.500 1.500 0 0 1 21 11.500V18h-4M7 18H3v-6.500A1.500 1.500 0 0 1 4.500 10M7 15h10v6H7z"
        }
        Icon::File => "M6 3h8l4.500 4.500V21H6zM13.500 3v5h5",
        Icon::Forward => "M14 5l6 6-6 6M20 11h-9a7 7 0 0 0-7 7v1",
        Icon::FullScreen => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
        Icon::Gear => {
            "M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.700 5.700l2.100 2.100M16.200 16.200l2.100 2.100M18.300 5.700l-2.100 2.100M7.800 16.200l-2.100 2.100"
        }
        Icon::Help => {
            "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.800v.2"
        }
        Icon::Home => "M3.500 11.500L12 4l8.500 7.500M6 9.500V20h4.500v-5.500h3V20H18V9.500",
        Icon::Inbox => {
            "M3 13.500L6 5h12l3 8.500V18a1.500 1.500 0 0 1-1.500 1.500h-15A1.500 1.500 0 0 1 3 18zM3 13.500h5l1.500 2.500h5l1.500-2.500h5"
        }
        Icon::Invert => {
            "M12 3.500a8.500 8.500 0 1 0 0 17a8.500 8.500 0 0 0 0-17zM12 3.500v17M15 5v14M18 7v10"
        }
        Icon::Key => {
            "M4 4h4.500v4.500H4zM15.500 4H20v4.500h-4.500zM4 15.500h4.500V20H4zM15.500 15.500H20V20h-4.500zM12 6.200v.1M12 11.900v.1M12 17.700v.1M6.200 11.900v.1M17.800 11.900v.1"
        }
        Icon::Link => {
            "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.200 1.200M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.200-1.200"
        }
        Icon::Listen => {
            "M4 14.500v-2a8 8 0 0 1 16 0v2M4 14.500h3.500v5.500H6a2 2 0 0 1-2-2zM20 14.500h-3.500v5.500H18a2 2 0 0 0 2-2z"
        }
        Icon::Live => {
            "M12 10.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 0 0 0-3zM8 16a5.700 5.700 0 0 1 0-8M16 8a5.700 5.700 0 0 1 0 8M5 19a9.900 9.900 0 0 1 0-14M19 5a9.900 9.900 0 0 1 0 14"
        }
        Icon::Merge => "M6 4v3a6 6 0 0 0 6 6 6 6 0 0 0 6-6V4M12 13v7M8.500 16.500L12 20l3.500-3.500",
        Icon::Minus => "M5 12h14",
        Icon::More => "M5 12h.01M12 12h.01M19 12h.01",
        Icon::Muted => "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM16 9.500l5 5M21 9.500l-5 5",
        Icon::Next => "M6 5.500v13l9-6.500zM18 5.500v13",
        Icon::Offline => {
            "M4 4l16 16M7.500 18.500a4.500 4.500 0 0 1-.6-9M10 6.200A6 6 0 0 1 17.500 11a3.800 3.800 0 0 1 2.800 5.500M15 18.500H7.500"
        }
        Icon::On10 => {
            "M17.800 7.500A8 8 0 1 0 20 13M18 3.500v4.300h-4.300M9.200 11v5M12.500 12.200a1.200 1.200 0 0 1 2.600 0v2.600a1.200 1.200 0 0 1-2.600 0z"
        }
        Icon::Open => "M13 4h7v7M20 4l-9 9M18 14v5.500H4.500V6H10",
        Icon::Panel => "M3.500 5h17v14h-17zM14.500 5v14",
        Icon::Parked => "M4 4h16v16H4zM9.500 16.500v-9h3.200a2.700 2.700 0 0 1 0 5.400H9.500",
        Icon::Pause => "M8.500 5v14M15.500 5v14",
        Icon::Person => "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6",
        Icon::PersonAdd => {
            "M10 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM3 20.500c.5-4 3-6 7-6 1.600 0 3 .3 4.200 1M18.500 15v6M15.500 18h6"
        }
        Icon::Phone => {
            "M5 3.500h4l2 5-2.800 2a13 13 0 0 0 5.300 5.300l2-2.800 5 2v4A1.500 1.500 0 0 1 19 20.500 16 16 0 0 1 3.500 5 1.500 1.500 0 0 1 5 3.500z"
        }
        Icon::Play => "M8 5.500v13l10.500-6.500z",
        Icon::Plus => "M12 5v14M5 12h14",
        Icon::Print => {
            "M7 8V3.500h10V8M7 17H4.500A1.500 1.500 0 0 1 3 15.500v-6A1.500 1.500 0 0 1 4.500 8h15A1.500 1.500 0 0 1 21 9.500v6a1.500 1.500 0 0 1-1.500 1.500H17M7 13.500h10v7H7z"
        }
        Icon::Reply => "M10 5l-6 6 6 6M4 11h9a7 7 0 0 1 7 7v1",
        Icon::Right => "M9 5l7 7-7 7",
        Icon::Search => "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM16 16l4.500 4.500",
        Icon::SignOut => "M14 4H5v16h9M10 12h11M17.500 8.500L21 12l-3.500 3.500",
        Icon::Spark => "M12 3l2 6.500 6.500 2-6.500 2.500-2 7-2-7-6.500-2.500 6.500-2z",
        Icon::Star => {
            "M12 3.500l2.600 5.500 6 .8-4.400 4.200 1.100 6L12 17.200 6.700 20l1.100-6L3.400 9.800l6-.8z"
        }
        Icon::Sync => {
            "M20 11a8 8 0 0 0-14.500-3.500L4 9M4 4.500V9h4.500M4 13a8 8 0 0 0 14.500 3.500L20 15M20 19.500V15h-4.500"
        }
        Icon::Team => {
            "M9 5a3.500 3.500 0 1 0 0 7a3.500 3.500 0 0 0 0-7zM2.500 19.500c.4-3.300 2.900-5 6.500-5s6.100 1.700 6.500 5M15.500 5.300a3.500 3.500 0 0 1 0 6.400M17.500 14.800c2.300.6 3.700 2.200 4 4.700"
        }
        Icon::Text => "M4 4.500h16v12H9.500L5 20.500v-4H4z",
        Icon::Thumbnails => "M3.500 5h17v14h-17zM10 5v14M6 8.500h1.500M6 12h1.500M6 15.500h1.500",
        Icon::Trash => "M5 7h14M9.500 7V4h5v3M7 7l.8 13h8.400L17 7M10.500 10.500v6M13.500 10.500v6",
        Icon::TurnLeft => "M5 12a7 7 0 1 0 2.300-5.200L5 9M5 4v5h5",
        Icon::TurnRight => "M19 12a7 7 0 1 1-2.300-5.200L19 9M19 4v5h-5",
        Icon::Undo => "M8 5L3.500 9.500 8 14M4 9.500h10a5.500 5.500 0 0 1 0 11h-4",
        Icon::Up => "M6 14.500l6-6 6 6",
        Icon::Upload => "M12 16V5M7 9.500l5-5 5 5M4.500 20h15",
        Icon::Voicemail => {
            "M6.500 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM17.500 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8zM6.500 16h11"
        }
        Icon::Volume => {
            "M4 9.500h3.500L12 5.500v13l-4.500-4H4zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"
        }
        Icon::Warning => "M12 4L2.500 20h19zM12 10v4.500M12 17v.2",
    }
}
