use super::*;

const LETTER: Size = Size {
    width: 612.0,
    height: 792.0,
};
/// An E-size plan, lying.
const PLAN: Size = Size {
    width: 3_168.0,
    height: 2_448.0,
};
const VIEW: Size = Size {
    width: 1_000.0,
    height: 700.0,
};

fn seen_from(left: f64, top: f64) -> Area {
    Area {
        left,
        top,
        width: VIEW.width,
        height: VIEW.height,
    }
}

#[test]
fn letters_and_plans_are_equally_wide_when_they_fit_the_width() {
    let layout = Layout::new(&[LETTER, PLAN], Zoom::FitWidth, VIEW);
    assert_eq!(layout.page(0, 0.0).width, 968.0);
    assert_eq!(layout.page(1, 0.0).width, 968.0);
    assert_eq!(layout.size().width, VIEW.width);
}

#[test]
fn a_page_that_fits_is_wholly_in_view() {
    let layout = Layout::new(&[LETTER, PLAN], Zoom::FitPage, VIEW);
    assert_eq!(layout.page(0, 0.0).height, 668.0);
    let plan = layout.page(1, 0.0);
    assert!(plan.width <= 968.0 && plan.height <= 668.0);
}

#[test]
fn a_hundred_per_cent_is_the_size_of_the_paper() {
    let layout = Layout::new(&[LETTER], Zoom::Percent(100.0), VIEW);
    assert_eq!(
        layout.page(0, 0.0).size(),
        Size {
            width: 816.0,
            height: 1_056.0
        }
    );
    assert_eq!(layout.page(0, 0.0).left, 92.0);
}

#[test]
fn only_pages_near_the_view_are_near() {
    let pages = vec![LETTER; 400];
    let layout = Layout::new(&pages, Zoom::Percent(100.0), VIEW);
    assert_eq!(layout.near(seen_from(0.0, 0.0), 0.0), 0..1);
    // 1,072 pixels from one page to the next.
    assert_eq!(layout.near(seen_from(0.0, 107_200.0), 1_100.0), 98..102);
    assert_eq!(
        layout
            .near(seen_from(0.0, layout.size().height - 700.0), 700.0)
            .end,
        400
    );
    assert_eq!(
        Layout::new(&[], Zoom::FitWidth, VIEW).near(seen_from(0.0, 0.0), 500.0),
        0..0
    );
}

#[test]
fn the_page_of_which_most_is_seen_is_the_current_one() {
    let layout = Layout::new(&[LETTER; 3], Zoom::Percent(100.0), VIEW);
    assert_eq!(layout.current(seen_from(0.0, 0.0)), 0);
    assert_eq!(layout.current(seen_from(0.0, 600.0)), 0);
    assert_eq!(layout.current(seen_from(0.0, 800.0)), 1);
    assert_eq!(layout.current(seen_from(0.0, layout.size().height - 700.0)), 2);
}

#[test]
fn a_page_that_was_gone_to_is_the_current_one() {
    for zoom in [
        Zoom::FitWidth,
        Zoom::FitPage,
        Zoom::Percent(100.0),
        Zoom::Percent(400.0),
    ] {
        let pages = [LETTER, PLAN, LETTER, LETTER, PLAN, LETTER];
        let layout = Layout::new(&pages, zoom, VIEW);
        for page in 0..pages.len() {
            let (left, top) = layout.scroll_to_page(page, 0.0);
            assert_eq!(layout.current(seen_from(left, top)), page, "{zoom:?}");
        }
    }
}

#[test]
fn zooming_keeps_the_point_under_the_pointer() {
    let pages = [LETTER, PLAN, LETTER];
    let before = Layout::new(&pages, Zoom::Percent(200.0), VIEW);
    let view = seen_from(700.0, 3_000.0);
    let at = (320.0, 410.0);
    let anchor = before.anchor(view, at);
    let after = Layout::new(&pages, Zoom::Percent(300.0), VIEW);
    let (left, top) = after.scroll_to(anchor);
    let again = after.anchor(seen_from(left, top), at);
    assert_eq!(again.page, anchor.page);
    assert!((again.across - anchor.across).abs() < 1e-9);
    assert!((again.down - anchor.down).abs() < 1e-9);
}

#[test]
fn a_page_that_is_fitted_is_put_to_the_top() {
    let pages = [LETTER, PLAN, LETTER, LETTER];
    let before = Layout::new(&pages, Zoom::Percent(200.0), VIEW);
    let after = Layout::new(&pages, Zoom::FitPage, VIEW);
    let (_, top) = after.scroll_to(before.top_of(1));
    assert_eq!(top, after.page(1, 0.0).top - GAP);
}

#[test]
fn zooming_never_scrolls_beyond_the_sheet() {
    let before = Layout::new(&[LETTER], Zoom::Percent(400.0), VIEW);
    let anchor = before.anchor(seen_from(0.0, 3_500.0), (10.0, 690.0));
    let after = Layout::new(&[LETTER], Zoom::Percent(25.0), VIEW);
    assert_eq!(after.scroll_to(anchor), (0.0, 0.0));
}

#[test]
fn a_letter_beside_a_plan_stays_in_view_wherever_the_plan_is_scrolled() {
    let layout = Layout::new(&[PLAN, LETTER], Zoom::Percent(100.0), VIEW);
    assert!(layout.size().width > 4_000.0);
    for left in [0.0, 1_500.0, 3_000.0] {
        let letter = layout.page(1, left);
        assert_eq!(letter.left - left, 92.0);
    }
    assert_eq!(layout.page(0, 1_500.0).left, GAP);
}

#[test]
fn what_is_in_view_already_is_not_scrolled_to() {
    let layout = Layout::new(&[LETTER; 3], Zoom::Percent(100.0), VIEW);
    let word = Area {
        left: 100.0,
        top: 300.0,
        width: 60.0,
        height: 14.0,
    };
    assert_eq!(layout.scroll_to_part(0, word, seen_from(0.0, 0.0)), None);
    let (_, top) = layout.scroll_to_part(2, word, seen_from(0.0, 0.0)).unwrap();
    assert!(layout.scroll_to_part(2, word, seen_from(0.0, top)).is_none());
}

#[test]
fn a_fax_without_pages_has_a_layout() {
    let layout = Layout::new(&[], Zoom::FitPage, Size::default());
    assert!(layout.is_blind());
    assert_eq!(layout.current(Area::default()), 0);
    assert_eq!(layout.scroll_to_page(7, 0.0), (0.0, 0.0));
    assert_eq!(layout.page(0, 0.0), Area::default());
}

#[test]
fn before_there_is_a_view_no_size_is_told_that_nobody_sees() {
    let layout = Layout::new(&[LETTER], Zoom::FitWidth, Size::default());
    assert_eq!(layout.percent(0), 100.0);
}
