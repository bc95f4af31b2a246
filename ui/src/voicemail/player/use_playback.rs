//! The audio element behind the player: what it does at the moment, and what can be asked of it.

use super::element::{EVENTS, apply, duration_of, play, take_over, to_ms};
use super::liking::Liking;
use super::listening::Listening;
use super::place;
use super::remembering::Remembering;
use crate::browser::ObjectUrl;
use crate::hooks::{use_latest, use_stable};
use domain::ids::CommunicationId;
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use std::cell::Cell;
use web_sys::HtmlAudioElement;
use yew::{Callback, NodeRef, hook, use_effect_with, use_memo, use_mut_ref, use_node_ref, use_state_eq};

/// What is to be played.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) item: CommunicationId,
    pub(crate) url: Option<ObjectUrl>,
    /// Until the element knows better.
    pub(crate) duration_ms: u32,
    /// Where somebody stopped.
    pub(crate) start_ms: u32,
    /// Somebody wants to hear it and it is not here yet.
    pub(crate) onwanted: Callback<()>,
    /// It was listened to.
    pub(crate) onheard: Callback<()>,
}

/// What the element does, and what can be asked of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Playback {
    /// For the audio element.
    pub(crate) node: NodeRef,
    pub(crate) is_playing: bool,
    /// It plays as soon as it is here.
    pub(crate) is_waiting: bool,
    /// It is loaded, so that a place in it can be sought.
    pub(crate) has_begun: bool,
    /// The engine cannot play it.
    pub(crate) is_refused: bool,
    pub(crate) position_ms: u32,
    pub(crate) duration_ms: u32,
    pub(super) liking: Liking,
    pub(crate) toggle: Callback<()>,
    /// Goes there, and goes on as before.
    pub(crate) seek: Callback<u32>,
    /// Goes there and plays.
    pub(crate) play_from: Callback<u32>,
    /// Moves by so many milliseconds.
    pub(crate) skip: Callback<i64>,
    pub(super) like: Callback<Liking>,
}

/// Plays the source.
#[hook]
pub(crate) fn use_playback(source: Source) -> Playback {
    let node = use_node_ref();
    let is_playing = use_state_eq(|| false);
    let is_waiting = use_state_eq(|| false);
    let has_begun = use_state_eq(|| false);
    let is_refused = use_state_eq(|| false);
    let position = use_state_eq(|| None::<u32>);
    let measured = use_state_eq(|| None::<u32>);
    let liking = use_state_eq(Liking::remembered);
    let listening = use_mut_ref(Listening::default);
    let remembering = use_memo(source.item, |item| Remembering::new(*item));
    // As the states above, for what happens between two drawings.
    let wants_play = use_mut_ref(|| false);
    let newest = use_memo((), |()| Cell::new(0_u32));
    let duration_ms = (*measured).unwrap_or(source.duration_ms);
    let start_ms = place::resumed(source.start_ms, source.duration_ms);
    let position_ms = (*position).unwrap_or(start_ms).min(duration_ms);
    newest.set(position_ms);
    let audio = {
        let node = node.clone();
        move || node.cast::<HtmlAudioElement>()
    };
    let look = use_latest({
        let (audio, position, listening) = (audio.clone(), position.setter(), listening.clone());
        let (remembering, newest, onheard) = (remembering.clone(), newest.clone(), source.onheard.clone());
        move |()| {
            let Some(audio) = audio() else { return };
            let now = to_ms(audio.current_time());
            newest.set(now);
            position.set(Some(now));
            if !audio.paused() {
                remembering.passing(now);
                let has_heard = listening.borrow_mut().at(now, audio.playback_rate());
                if has_heard {
                    onheard.emit(());
                }
            }
        }
    });
    let happened = use_latest({
        let (audio, look, wants_play, source) =
            (audio.clone(), look.clone(), wants_play.clone(), source.clone());
        let (remembering, listening) = (remembering.clone(), listening.clone());
        let (set_playing, set_waiting, set_begun) =
            (is_playing.setter(), is_waiting.setter(), has_begun.setter());
        let (set_position, set_measured, set_refused) =
            (position.setter(), measured.setter(), is_refused.setter());
        let liking = *liking;
        move |kind: String| {
            let Some(audio) = audio() else { return };
            match kind.as_str() {
                "loadedmetadata" => {
                    set_measured.set(duration_of(&audio));
                    audio.set_current_time(f64::from(position_ms) / 1_000.0);
                    apply(&audio, liking);
                    set_begun.set(true);
                    set_refused.set(false);
                    // Also when the engine refuses to begin by itself: then one presses once more.
                    set_waiting.set(false);
                    if wants_play.replace(false) {
                        play(&audio);
                    }
                }
                "durationchange" => set_measured.set(duration_of(&audio)),
                "play" => {
                    take_over(&audio);
                    apply(&audio, Liking::remembered());
                    listening.borrow_mut().begun();
                    set_playing.set(true);
                    set_waiting.set(false);
                }
                "pause" => {
                    set_playing.set(false);
                    listening.borrow_mut().interrupted();
                    if !audio.ended() {
                        remembering.stopped(to_ms(audio.current_time()));
                    }
                }
                "ended" => {
                    set_playing.set(false);
                    set_position.set(Some(0));
                    audio.set_current_time(0.0);
                    remembering.stopped(0);
                    let has_heard = listening.borrow_mut().ended();
                    if has_heard {
                        source.onheard.emit(());
                    }
                }
                "seeked" => {
                    listening.borrow_mut().interrupted();
                    look.call(());
                }
                // An element without an address reports that as well.
                _ => {
                    if source.url.is_some() {
                        set_refused.set(true);
                        set_playing.set(false);
                        set_waiting.set(false);
                    }
                }
            }
        }
    });
    use_effect_with((), {
        let (node, happened) = (node.clone(), happened);
        let (remembering, newest) = (remembering.clone(), newest.clone());
        move |()| {
            let element = node.cast::<HtmlAudioElement>();
            let listeners = element.as_ref().map(|element| {
                EVENTS.map(|name| {
                    let happened = happened.clone();
                    EventListener::new(element, name, move |event| happened.call(event.type_()))
                })
            });
            move || {
                // Nobody hears what is no longer shown; the events of it must not reach a component that is gone.
                drop(listeners);
                if let Some(element) = element.filter(|element| !element.paused()) {
                    let _ = element.pause();
                    remembering.stopped(newest.get());
                }
            }
        }
    });
    use_effect_with(
        (*is_playing, place::look_ms(duration_ms)),
        move |(is_playing, look_ms)| {
            let looking = is_playing.then(|| Interval::new(*look_ms, move || look.call(())));
            move || drop(looking)
        },
    );
    let seek = {
        let (audio, position, has_begun) = (audio.clone(), position.setter(), *has_begun);
        let (newest, remembering) = (newest.clone(), remembering.clone());
        use_stable(move |to: u32| {
            newest.set(to);
            position.set(Some(to));
            if let Some(audio) = audio().filter(|_| has_begun) {
                audio.set_current_time(f64::from(to) / 1_000.0);
                if audio.paused() {
                    remembering.stopped(to);
                }
            }
        })
    };
    let begin = {
        let (audio, has_begun, wants_play) = (audio.clone(), *has_begun, wants_play.clone());
        let (is_waiting, onwanted) = (is_waiting.setter(), source.onwanted.clone());
        use_stable(move |()| match audio().filter(|_| has_begun) {
            Some(audio) => play(&audio),
            None => {
                *wants_play.borrow_mut() = true;
                is_waiting.set(true);
                onwanted.emit(());
            }
        })
    };
    let toggle = {
        let (audio, begin, wants_play, is_waiting) =
            (audio.clone(), begin.clone(), wants_play, is_waiting.clone());
        use_stable(move |()| match audio().filter(|audio| !audio.paused()) {
            Some(audio) => drop(audio.pause()),
            None if *is_waiting => {
                *wants_play.borrow_mut() = false;
                is_waiting.set(false);
            }
            None => begin.emit(()),
        })
    };
    let play_from = {
        let (seek, begin) = (seek.clone(), begin);
        use_stable(move |to: u32| {
            seek.emit(to);
            begin.emit(());
        })
    };
    let skip = {
        let (seek, newest) = (seek.clone(), newest);
        use_stable(move |by: i64| seek.emit(place::moved(newest.get(), by, duration_ms)))
    };
    let like = {
        let liking = liking.setter();
        use_stable(move |wanted: Liking| {
            wanted.remember();
            if let Some(audio) = audio() {
                apply(&audio, wanted);
            }
            liking.set(wanted);
        })
    };
    Playback {
        node,
        is_playing: *is_playing,
        is_waiting: *is_waiting,
        has_begun: *has_begun,
        is_refused: *is_refused,
        position_ms,
        duration_ms,
        liking: *liking,
        toggle,
        seek,
        play_from,
        skip,
        like,
    }
}
