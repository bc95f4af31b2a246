//! The addresses of the pages.
//!
//! They live behind the `#`, so that a reload always finds the one page file of the bundle.

use crate::components::icon::Icon;
use yew_router::Routable;

/// A page of the main window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Routable)]
pub(crate) enum Route {
    #[not_found]
    #[at("/")]
    Overview,
    #[at("/inbox")]
    Inbox,
    /// The inbox with this item open.
    #[at("/item/:id")]
    Item { id: i64 },
    #[at("/contacts")]
    Contacts,
    /// The contacts with this one open.
    #[at("/contacts/:id")]
    Contact { id: i64 },
    #[at("/team")]
    Team,
    #[at("/live")]
    Live,
    /// Who listened in to whom.
    #[at("/live/log")]
    SupervisionLog,
    #[at("/campaigns")]
    Campaigns,
    /// The wizard.
    #[at("/campaigns/new")]
    NewCampaign,
    #[at("/campaigns/templates")]
    Templates,
    #[at("/campaigns/:id")]
    Campaign { id: i64 },
    #[at("/settings")]
    Settings,
    /// Signing in again, or to another account.
    #[at("/sign-in")]
    SignIn,
}

/// An entry of the navigation rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Destination {
    pub route: Route,
    pub label: &'static str,
    pub icon: Icon,
}

/// The pages one works in; settings stand apart.
pub(crate) const PAGES: [Destination; 6] = [
    Destination {
        route: Route::Overview,
        label: "Overview",
        icon: Icon::Home,
    },
    Destination {
        route: Route::Inbox,
        label: "Inbox",
        icon: Icon::Inbox,
    },
    Destination {
        route: Route::Contacts,
        label: "Contacts",
        icon: Icon::Book,
    },
    Destination {
        route: Route::Team,
        label: "Team",
        icon: Icon::Team,
    },
    Destination {
        route: Route::Live,
        label: "Live calls",
        icon: Icon::Live,
    },
    Destination {
        route: Route::Campaigns,
        label: "Text campaigns",
        icon: Icon::Campaign,
    },
];

/// The entry below the line.
pub(crate) const SETTINGS: Destination = Destination {
    route: Route::Settings,
    label: "Settings",
    icon: Icon::Gear,
};

impl Route {
    /// The page this address belongs to, as the navigation shows it.
    pub(crate) fn page(self) -> Self {
        match self {
            Self::Item { .. } => Self::Inbox,
            Self::Contact { .. } => Self::Contacts,
            Self::SupervisionLog => Self::Live,
            Self::NewCampaign | Self::Templates | Self::Campaign { .. } => Self::Campaigns,
            page => page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_starts_at_the_overview_and_links_to_items_stay_as_they_were() {
        assert_eq!(Route::recognize("/"), Some(Route::Overview));
        assert_eq!(Route::recognize("/nowhere"), Some(Route::Overview));
        assert_eq!(Route::recognize("/inbox"), Some(Route::Inbox));
        assert_eq!(Route::recognize("/item/7"), Some(Route::Item { id: 7 }));
    }

    #[test]
    fn what_belongs_to_a_page_is_shown_as_that_page() {
        assert_eq!(Route::Item { id: 7 }.page(), Route::Inbox);
        assert_eq!(Route::SupervisionLog.page(), Route::Live);
    }
}
