//! How the window looks and behaves on this desktop.

use super::shortcut::ShortcutField;
use super::{Group, SectionProps};
use crate::components::{Choice, Switch};
use domain::settings::{Settings, Theme};
use yew::{Callback, Html, component, html};

/// The section.
#[component]
pub(crate) fn Appearance(props: &SectionProps) -> Html {
    let themes = vec![
        (Theme::System, "Like the desktop".into()),
        (Theme::Light, "Light".into()),
        (Theme::Dark, "Dark".into()),
    ];
    let settings = &props.settings;
    html! {
        <Group title="Window">
            <Choice<Theme> label="Colours" options={themes} value={settings.theme}
                onchange={change(props, |settings, theme| settings.theme = theme)} />
            <Switch label="Start when I log in" is_on={settings.starts_at_login}
                onchange={change(props, |settings, is_on| settings.starts_at_login = is_on)} />
            <Switch label="Keep running when the window is closed" is_on={settings.closes_to_tray}
                hint="Calls are still announced. Switchboard stays in the tray."
                onchange={change(props, |settings, is_on| settings.closes_to_tray = is_on)} />
            <ShortcutField value={settings.show_shortcut.clone()} onchange={change(props, |settings, keys| settings.show_shortcut = keys)} />
        </Group>
    }
}

/// A callback that sets one thing and leaves the rest.
pub(crate) fn change<T: 'static>(props: &SectionProps, set: fn(&mut Settings, T)) -> Callback<T> {
    let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
    Callback::from(move |value| {
        let mut changed = settings.clone();
        set(&mut changed, value);
        onchange.emit(changed);
    })
}
