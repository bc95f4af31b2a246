//! What is maintained at writing equals a plain computation, after any history of changes, however they come.

use super::super::super::testing::*;
use super::super::super::*;
use super::recomputed::{Plain, owners, recomputed, rows};
use super::steps::{Step, steps, take};
use jiff::SignedDuration;
use proptest::prelude::*;

/// Takes steps of which those of the server come in pages, or each by itself as the answer to the same request.
async fn in_pages(steps: &[Step], is_whole: bool) -> Vec<Plain> {
    let test = TestStore::new().await;
    let (mut contacts, mut undo) = (Vec::new(), None);
    for page in steps.chunk_by(|one, next| one.change().is_some() && next.change().is_some()) {
        let changes: Vec<Change> = page.iter().filter_map(Step::change).collect();
        let answers = if is_whole {
            vec![changes]
        } else {
            changes.into_iter().map(|change| vec![change]).collect()
        };
        for changes in answers {
            let answer = Page {
                changes,
                ..Page::empty(SyncScope::CALL_LOG, test.clock.now())
            };
            test.store.apply(answer).await.unwrap();
        }
        for step in page.iter().filter(|step| step.change().is_none()) {
            take(&test, step.clone(), &mut contacts, &mut undo).await;
        }
        test.clock.advance(SignedDuration::from_secs(1));
    }
    let mut held = rows(&test.store).await;
    // The id of something deleted may be given again, so they differ; their order does not.
    for (place, row) in held.iter_mut().enumerate() {
        row.id = place as i64;
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn maintained_columns_equal_a_plain_computation_after_any_history(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let test = TestStore::new().await;
            let (mut contacts, mut undo) = (Vec::new(), None);
            for step in steps {
                take(&test, step, &mut contacts, &mut undo).await;
            }
            let held = rows(&test.store).await;
            let expected = recomputed(&held, test.store.owed_since(), &owners(&test.store).await);
            prop_assert_eq!(&held, &expected);
            let counts = test.store.inbox_counts().await.unwrap();
            let of = |wanted: &dyn Fn(&Plain) -> bool| held.iter().filter(|row| wanted(row)).count() as u64;
            prop_assert_eq!(counts.owed, of(&|row| row.is_owed));
            prop_assert_eq!(counts.unread, of(&|row| row.is_listed && !row.is_done && row.unread_count > 0));
            Ok(())
        })?;
    }

    #[test]
    fn a_page_does_what_its_records_do_one_by_one(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (whole, single) = runtime.block_on(async {
            (in_pages(&steps, true).await, in_pages(&steps, false).await)
        });
        prop_assert_eq!(whole, single);
    }
}
