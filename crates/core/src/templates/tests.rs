use super::*;
use crate::store::testing::*;
use domain::contact::NumberLabel;
use domain::template::ProblemKind;

fn author() -> Author {
    Author {
        company_id: "37".to_owned(),
        name: "Ada Park".to_owned(),
        number: Some("(510) 555-0100".to_owned()),
    }
}

fn draft(name: &str, body: &str) -> TemplateDraft {
    TemplateDraft {
        name: name.to_owned(),
        body: body.to_owned(),
        category: None,
    }
}

async fn added(test: &TestStore, name: &str, body: &str) -> MessageTemplate {
    save(&test.store, &author(), None, draft(name, body))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_template_is_kept_with_its_variables_and_who_made_it() {
    let test = TestStore::new().await;
    let template = added(&test, " Ready ", "Hi {first_name|there}, it is {my_name}.\n").await;
    assert_eq!(template.name, "Ready");
    assert_eq!(template.variables, [Variable::FirstName, Variable::MyName]);
    assert_eq!(template.created_by.as_deref(), Some("Ada Park"));
    let changed = save(&test.store, &author(), Some(template.id), draft("Ready", "Done."))
        .await
        .unwrap();
    assert_eq!((changed.id, changed.variables.len()), (template.id, 0));
    assert_eq!(test.store.templates().await.unwrap(), [changed]);
}

#[tokio::test]
async fn a_template_without_name_or_text_is_refused() {
    let test = TestStore::new().await;
    for (name, body) in [("", "Hi"), ("Ready", " \n")] {
        let refused = save(&test.store, &author(), None, draft(name, body)).await;
        assert!(matches!(refused, Err(CoreError::Invalid(_))));
    }
}

#[tokio::test]
async fn a_deleted_template_comes_back_as_it_was() {
    let test = TestStore::new().await;
    let template = added(&test, "Ready", "It is ready.").await;
    let undoable = delete(&test.store, template.id).await.unwrap();
    assert!(test.store.templates().await.unwrap().is_empty());
    test.store.undo(&undoable.token).await.unwrap();
    assert_eq!(test.store.templates().await.unwrap(), [template]);
}

#[tokio::test]
async fn a_copy_gets_a_name_of_its_own() {
    let test = TestStore::new().await;
    let template = added(&test, "Ready", "It is ready.").await;
    let names = [
        duplicate(&test.store, &author(), template.id).await.unwrap().name,
        duplicate(&test.store, &author(), template.id).await.unwrap().name,
    ];
    assert_eq!(names, ["Ready (copy)", "Ready (copy 2)"]);
}

#[tokio::test]
async fn a_preview_is_filled_from_a_real_contact_and_names_what_is_missing() {
    let test = TestStore::new().await;
    let form = crate::store::testing::draft("Maria", "Lopez", &[(NumberLabel::Mobile, MARIA)]);
    let contact = contacts::add(&test.store, &form).await.unwrap().contact.id;
    let body = "Hi {first_name}, {my_name} here about {company}.";
    let shown = preview(&test.store, &author(), body, Some(contact))
        .await
        .unwrap();
    assert_eq!(shown.text, "Hi Maria, Ada Park here about [company].");
    assert_eq!(shown.missing, [Variable::Company]);
    let shown = preview(&test.store, &author(), "Hi {first_nam}", None)
        .await
        .unwrap();
    assert!(matches!(&shown.problems[0].kind, ProblemKind::Unknown { name, .. } if name == "first_nam"));
}

#[tokio::test]
async fn templates_travel_in_a_file_and_are_not_doubled() {
    let test = TestStore::new().await;
    added(&test, "Ready", "Hi {first_name|there}").await;
    added(&test, "Late", "We are late.").await;
    let file = to_file(&test.store).await.unwrap();
    let again = import_file(&test.store, &author(), &file).await.unwrap();
    assert_eq!((again.added, again.unchanged), (0, 2));
    let elsewhere = TestStore::new().await;
    let fresh = import_file(&elsewhere.store, &author(), &format!("\u{feff}{file}"))
        .await
        .unwrap();
    assert_eq!((fresh.added, fresh.unchanged, fresh.skipped), (2, 0, 0));
    let broken = import_file(&elsewhere.store, &author(), "[1, 2").await;
    assert!(matches!(broken, Err(CoreError::Invalid(_))));
}

#[tokio::test]
async fn braces_in_ringcentrals_templates_are_only_braces() {
    let test = TestStore::new().await;
    let vendor: Vec<VendorTemplate> = serde_json::from_value(serde_json::json!([
        { "id": "1", "displayName": "Gate", "body": { "text": "Code {1234}" } },
        { "id": "2", "displayName": " ", "body": { "text": "Nameless" } },
    ]))
    .unwrap();
    let imported = import_vendor(&test.store, &author(), vendor).await.unwrap();
    assert_eq!((imported.added, imported.skipped), (1, 1));
    let template = test.store.templates().await.unwrap().pop().unwrap();
    let shown = preview(&test.store, &author(), &template.body, None)
        .await
        .unwrap();
    assert_eq!(shown.text, "Code {1234}");
}
