//! Asking the core for something to show, keeping what was there while the answer is on its way.

use crate::ipc;
use domain::ipc::{Command, IpcError};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_callback, use_effect_with, use_mut_ref, use_state};

/// What is known about an answer at this moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer<T> {
    /// The last answer; also while a newer one is on its way, and beside an error.
    pub value: Option<Rc<T>>,
    /// Why the newest request failed.
    pub error: Option<IpcError>,
    pub is_loading: bool,
    /// `value` and `error` are about what is asked now, and not about what was asked before it.
    pub is_current: bool,
    /// Asks the same again.
    pub reload: Callback<()>,
}

struct Held<C: Command> {
    /// What `value` answers.
    request: Option<C>,
    value: Option<Rc<C::Reply>>,
    error: Option<IpcError>,
    is_loading: bool,
}

/// Which answers still count, while several are on their way.
///
/// An answer that is newer than what is shown counts also when the same has been asked again meanwhile: while events come faster than
/// answers, nothing would ever be shown otherwise.
#[derive(Debug)]
struct Rounds<C> {
    asked: u64,
    settled: u64,
    request: Option<C>,
}

impl<C> Default for Rounds<C> {
    fn default() -> Self {
        Self {
            asked: 0,
            settled: 0,
            request: None,
        }
    }
}

impl<C: PartialEq> Rounds<C> {
    /// A new question, or none any more; answers to other questions no longer count.
    fn begin(&mut self, request: Option<C>) -> u64 {
        self.asked += 1;
        self.request = request;
        self.asked
    }

    /// An answer has come: `None` when it does not count, else whether it is the last that is awaited.
    fn settle(&mut self, started: u64, request: &C) -> Option<bool> {
        let counts = self.request.as_ref() == Some(request) && started > self.settled;
        counts.then(|| {
            self.settled = started;
            started == self.asked
        })
    }
}

impl<C: Command + Clone> Clone for Held<C> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            value: self.value.clone(),
            error: self.error.clone(),
            is_loading: self.is_loading,
        }
    }
}

/// Asks whenever `request` changes and when told to reload. `None` asks nothing and forgets the answer.
///
/// The answer to the previous request stays until the new one is there; when the new one fails it goes, so that an error never
/// stands beside something that it is not about.
#[hook]
pub(crate) fn use_command<C>(request: Option<C>) -> Answer<C::Reply>
where
    C: Command + Clone + PartialEq + 'static,
    C::Reply: 'static,
{
    let held = use_state(|| Held::<C> {
        request: None,
        value: None,
        error: None,
        is_loading: request.is_some(),
    });
    // The newest state, also for answers that arrive after this rendering.
    let current = use_mut_ref(|| (*held).clone());
    let rounds = use_mut_ref(Rounds::<C>::default);

    let ask = {
        let set = held.setter();
        let current = current.clone();
        use_callback((), move |request: Option<C>, ()| {
            let started = rounds.borrow_mut().begin(request.clone());
            let Some(request) = request else {
                let nothing = Held {
                    request: None,
                    value: None,
                    error: None,
                    is_loading: false,
                };
                *current.borrow_mut() = nothing.clone();
                set.set(nothing);
                return;
            };
            current.borrow_mut().is_loading = true;
            set.set(current.borrow().clone());
            let (set, current, rounds) = (set.clone(), current.clone(), rounds.clone());
            spawn_local(async move {
                let reply = ipc::call(request.clone()).await;
                let Some(is_newest) = rounds.borrow_mut().settle(started, &request) else {
                    return;
                };
                let mut held = current.borrow_mut();
                held.is_loading = !is_newest;
                match reply {
                    Ok(value) => (held.value, held.error) = (Some(Rc::new(value)), None),
                    Err(error) => {
                        held.error = Some(error);
                        if held.request.as_ref() != Some(&request) {
                            held.value = None;
                        }
                    }
                }
                held.request = Some(request);
                set.set(held.clone());
            });
        })
    };

    {
        let ask = ask.clone();
        use_effect_with(request.clone(), move |request| ask.emit(request.clone()));
    }
    let is_current = held.request == request;
    let reload = use_callback((ask, request), |(), (ask, request)| ask.emit(request.clone()));
    Answer {
        value: held.value.clone(),
        error: held.error.clone(),
        is_loading: held.is_loading,
        is_current,
        reload,
    }
}

#[cfg(test)]
mod tests {
    use super::Rounds;

    #[test]
    fn an_answer_counts_though_the_same_was_asked_again_meanwhile() {
        let mut rounds = Rounds::default();
        let first = rounds.begin(Some("cards"));
        let second = rounds.begin(Some("cards"));
        assert_eq!(rounds.settle(first, &"cards"), Some(false));
        assert_eq!(rounds.settle(second, &"cards"), Some(true));
    }

    #[test]
    fn an_answer_that_was_overtaken_does_not_count() {
        let mut rounds = Rounds::default();
        let first = rounds.begin(Some("cards"));
        let second = rounds.begin(Some("cards"));
        assert_eq!(rounds.settle(second, &"cards"), Some(true));
        assert_eq!(rounds.settle(first, &"cards"), None);
    }

    #[test]
    fn an_answer_to_another_question_does_not_count() {
        let mut rounds = Rounds::default();
        let first = rounds.begin(Some("maria"));
        rounds.begin(Some("mario"));
        assert_eq!(rounds.settle(first, &"maria"), None);
        let third = rounds.begin(Some("dan"));
        rounds.begin(None);
        assert_eq!(rounds.settle(third, &"dan"), None);
    }
}
