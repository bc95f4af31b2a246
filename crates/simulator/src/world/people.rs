//! Extensions, numbers, devices and address books: looking them up and setting them up.
//!
//! Calls and messages are elsewhere.

use std::sync::Arc;

use super::account::{
    Account, Device, DeviceType, Extension, ExtensionStatus, ExtensionType, NumberFeature, NumberType,
    PaymentType, PhoneNumber, UsageType,
};
use super::address_book::{AddressBook, Contact, ContactFields};
use super::events::Change;
use super::ids::{ContactId, DeviceId, ExtensionId, PhoneNumberId};
use super::messages::Availability;
use super::number::{E164, Endpoint, PartyNumber};
use super::presence::PresenceSettings;
use super::{StoreError, World};

/// What is needed to set up an extension.
#[derive(Debug, Clone)]
pub struct NewExtension<'a> {
    /// Short number.
    pub number: u32,
    /// Person, queue, menu.
    pub kind: ExtensionType,
    /// Given name, or the whole name of a queue.
    pub first_name: &'a str,
    /// Family name; empty for queues.
    pub last_name: &'a str,
    /// Work address.
    pub email: &'a str,
    /// Title.
    pub job_title: &'a str,
    /// Department of the company.
    pub department: &'a str,
    /// May administer the account.
    pub is_admin: bool,
    /// Own mobile in the directory.
    pub contact_phone: Option<E164>,
    /// Members, when it is a queue.
    pub queue_members: Vec<ExtensionId>,
    /// Who gets a queue's voicemail and faxes.
    pub message_recipient: Option<ExtensionId>,
}

/// What is needed to add a phone number.
#[derive(Debug, Clone)]
pub struct NewPhoneNumber<'a> {
    /// The number.
    pub number: E164,
    /// Use.
    pub usage: UsageType,
    /// Voice, fax or both.
    pub kind: NumberType,
    /// Charging.
    pub payment: PaymentType,
    /// A person's label.
    pub label: Option<&'a str>,
    /// The extension it rings.
    pub owner: Option<ExtensionId>,
    /// What may be done with it.
    pub features: &'a [NumberFeature],
    /// The owner's first number.
    pub is_primary: bool,
}

impl World {
    /// The account.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Makes an extension the operator, where calls to the main number go.
    pub fn set_operator(&mut self, operator: ExtensionId) {
        self.account.operator = operator;
    }

    /// All extensions by identifier.
    pub fn extensions(&self) -> impl Iterator<Item = &Extension> {
        self.extensions.values()
    }

    /// One extension.
    pub fn extension(&self, id: ExtensionId) -> Option<&Extension> {
        self.extensions.get(&id)
    }

    /// One extension by its short number.
    pub fn extension_by_number(&self, number: u32) -> Option<&Extension> {
        self.extensions_by_number
            .get(&number)
            .and_then(|id| self.extensions.get(id))
    }

    /// The call queues an extension is a member of.
    pub fn queues_of(&self, member: ExtensionId) -> impl Iterator<Item = &Extension> {
        self.extensions
            .values()
            .filter(move |queue| queue.is_queue() && queue.queue_members.contains(&member))
    }

    /// Adds an extension under the given identifier.
    pub fn add_extension(&mut self, id: ExtensionId, new: NewExtension<'_>) {
        let name = format!("{} {}", new.first_name, new.last_name).trim().to_owned();
        let extension = Extension {
            id,
            number: new.number,
            kind: new.kind,
            status: ExtensionStatus::Enabled,
            first_name: new.first_name.to_owned(),
            last_name: new.last_name.to_owned(),
            name,
            email: new.email.to_owned(),
            job_title: new.job_title.to_owned(),
            department: new.department.to_owned(),
            contact_phone: new.contact_phone,
            is_admin: new.is_admin,
            queue_members: new.queue_members,
            message_recipient: new.message_recipient,
            is_hidden: false,
            created_at: self.account.created_at,
        };
        self.extensions_by_number.insert(new.number, id);
        self.presence.insert(id, PresenceSettings::default());
        self.extensions.insert(id, extension);
        self.announce(Change::Extension(id));
    }

    /// Changes an extension's data and announces it.
    ///
    /// # Errors
    /// When there is no such extension.
    pub fn edit_extension(
        &mut self,
        id: ExtensionId,
        edit: impl FnOnce(&mut Extension),
    ) -> Result<(), StoreError> {
        let extension = self
            .extensions
            .get_mut(&id)
            .ok_or(StoreError::NoSuchExtension(id))?;
        edit(extension);
        self.announce(Change::Extension(id));
        Ok(())
    }

    /// All phone numbers by identifier.
    pub fn phone_numbers(&self) -> impl Iterator<Item = &PhoneNumber> {
        self.phone_numbers.values()
    }

    /// One phone number by identifier.
    pub fn phone_number(&self, id: PhoneNumberId) -> Option<&PhoneNumber> {
        self.phone_numbers.get(&id)
    }

    /// The account's record of a number, if it is the account's.
    pub fn phone_number_by_e164(&self, number: E164) -> Option<&PhoneNumber> {
        self.phone_numbers_by_e164
            .get(&number)
            .and_then(|id| self.phone_numbers.get(id))
    }

    /// Numbers an extension may see: its own, and the company's.
    pub fn phone_numbers_of(&self, extension: ExtensionId) -> impl Iterator<Item = &PhoneNumber> {
        self.phone_numbers
            .values()
            .filter(move |number| number.owner.is_none_or(|owner| owner == extension))
    }

    /// An extension's first own number.
    pub fn primary_number(&self, extension: ExtensionId) -> Option<E164> {
        let own = self
            .phone_numbers
            .values()
            .filter(|number| number.owner == Some(extension));
        own.max_by_key(|number| (number.is_primary, std::cmp::Reverse(number.id)))
            .map(|number| number.number)
    }

    /// Adds a phone number.
    pub fn add_phone_number(&mut self, new: NewPhoneNumber<'_>) -> PhoneNumberId {
        let id = PhoneNumberId(self.mint.other());
        self.phone_numbers_by_e164.insert(new.number, id);
        self.phone_numbers.insert(
            id,
            PhoneNumber {
                id,
                number: new.number,
                usage: new.usage,
                kind: new.kind,
                payment: new.payment,
                label: new.label.map(str::to_owned),
                owner: new.owner,
                features: new.features.to_vec(),
                is_primary: new.is_primary,
            },
        );
        id
    }

    /// All devices by identifier.
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.values()
    }

    /// Devices of an extension.
    pub fn devices_of(&self, extension: ExtensionId) -> impl Iterator<Item = &Device> {
        self.devices
            .values()
            .filter(move |device| device.owner == extension)
    }

    /// Adds a device with the extension's first number on its line.
    pub fn add_device(&mut self, owner: ExtensionId, kind: DeviceType, model: &'static str) -> DeviceId {
        let id = DeviceId(self.mint.other());
        let holder = self
            .extension(owner)
            .map_or_else(String::new, |extension| extension.name.clone());
        let phone_number = self
            .primary_number(owner)
            .and_then(|number| self.phone_numbers_by_e164.get(&number).copied());
        let name = format!("{holder} - {model}");
        self.devices.insert(
            id,
            Device {
                id,
                kind,
                model,
                name,
                is_online: true,
                owner,
                phone_number,
            },
        );
        id
    }

    /// A device registers or drops out.
    ///
    /// # Errors
    /// When there is no such device.
    pub fn set_device_online(&mut self, id: DeviceId, is_online: bool) -> Result<(), StoreError> {
        let device = self.devices.get_mut(&id).ok_or(StoreError::NoSuchDevice(id))?;
        device.is_online = is_online;
        Ok(())
    }

    /// The end of a call at an extension, as reached by its short number.
    pub fn extension_endpoint(&self, id: ExtensionId) -> Endpoint {
        let extension = self.extension(id);
        Endpoint {
            number: extension.map_or(PartyNumber::Absent, |extension| {
                PartyNumber::Extension(extension.number)
            }),
            extension_id: Some(id),
            device_id: None,
            name: extension.map(|extension| Arc::from(extension.name.as_str())),
        }
    }

    /// The end of a call at an extension, as reached by a full number.
    pub fn line_endpoint(&self, id: ExtensionId, number: E164) -> Endpoint {
        Endpoint {
            number: PartyNumber::E164(number),
            ..self.extension_endpoint(id)
        }
    }

    /// An extension's address book, if it has one.
    pub fn address_book(&self, owner: ExtensionId) -> Option<&AddressBook> {
        self.address_books.get(&owner)
    }

    /// Adds a personal contact.
    pub fn add_contact(&mut self, owner: ExtensionId, fields: ContactFields) -> ContactId {
        let id = ContactId(self.mint.other());
        self.put_contact(owner, id, Availability::Alive, fields);
        id
    }

    /// Replaces a personal contact's data.
    ///
    /// # Errors
    /// When there is no such living contact.
    pub fn update_contact(
        &mut self,
        owner: ExtensionId,
        id: ContactId,
        fields: ContactFields,
    ) -> Result<(), StoreError> {
        self.living_contact(owner, id)?;
        self.put_contact(owner, id, Availability::Alive, fields);
        Ok(())
    }

    /// Deletes a personal contact; it stays visible to synchronisation as deleted.
    ///
    /// # Errors
    /// When there is no such living contact.
    pub fn delete_contact(&mut self, owner: ExtensionId, id: ContactId) -> Result<(), StoreError> {
        let fields = self.living_contact(owner, id)?.fields.clone();
        self.put_contact(owner, id, Availability::Deleted, fields);
        Ok(())
    }

    fn living_contact(&self, owner: ExtensionId, id: ContactId) -> Result<&Contact, StoreError> {
        self.address_books
            .get(&owner)
            .and_then(|book| book.get(id))
            .filter(|contact| contact.availability == Availability::Alive)
            .ok_or(StoreError::NoSuchContact(id))
    }

    fn put_contact(
        &mut self,
        owner: ExtensionId,
        id: ContactId,
        availability: Availability,
        fields: ContactFields,
    ) {
        let last_modified_at = self.now();
        let book = self.address_books.entry(owner).or_default();
        book.put(Contact {
            id,
            availability,
            last_modified_at,
            fields,
        });
        self.announce(Change::Contact { owner, contact: id });
    }
}
