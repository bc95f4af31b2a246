//! What has happened in the company: calls, texts, voicemail and faxes over days, as they would come.

use super::{ADA, Office};
use jiff::SignedDuration;
use simulator::media::{DocumentDesign, DocumentFormat};
use simulator::scenario::{
    CallPlan, CallTarget, Ending, caller, incoming_call, incoming_fax, incoming_voicemail,
};
use simulator::world::messages::{MessageType, ReadStatus};
use simulator::world::number::E164;

pub(crate) fn maria() -> E164 {
    E164::nanp(510, 5_550_147)
}

pub(crate) fn stranger(index: u32) -> E164 {
    E164::nanp(415, 5_550_200 + index % 90)
}

impl Office {
    /// One of everything, minutes apart.
    pub(crate) fn an_hour_passes(&self) {
        self.miss_call(maria());
        self.answer_call(maria());
        self.receive_text(maria(), "Is the rebar ready?");
        self.receive_text(stranger(1), "Do you deliver on Saturdays?");
        self.leave_voicemail(stranger(2));
        self.receive_fax(stranger(3));
        self.pass(SignedDuration::from_mins(10));
    }

    pub(crate) fn miss_call(&self, from: E164) {
        self.call(from, Ending::Missed);
    }

    pub(crate) fn answer_call(&self, from: E164) {
        self.call(
            from,
            Ending::Answered {
                by: Some(ADA),
                talk: SignedDuration::from_secs(40),
            },
        );
    }

    fn call(&self, from: E164, ending: Ending) {
        self.world(|world| {
            incoming_call(
                world,
                caller(from, None),
                CallTarget::Extension(ADA),
                &CallPlan::new(ending),
            )
            .unwrap()
        });
        self.pass(SignedDuration::from_mins(2));
    }

    pub(crate) fn leave_voicemail(&self, from: E164) {
        self.world(|world| {
            incoming_voicemail(world, caller(from, None), CallTarget::Extension(ADA), 0).unwrap()
        });
        self.pass(SignedDuration::from_mins(2));
    }

    pub(crate) fn receive_fax(&self, from: E164) {
        self.receive_fax_as(from, DocumentFormat::Pdf);
    }

    pub(crate) fn receive_fax_as(&self, from: E164, format: DocumentFormat) {
        self.world(|world| incoming_fax(world, caller(from, None), ADA, DocumentDesign::Quote, 2, format));
        self.pass(SignedDuration::from_mins(1));
    }

    /// So many texts, three hours apart: more than one answer of a synchronisation can hold.
    pub(crate) fn weeks_of_texts(&self, count: u32) {
        for index in 0..count {
            self.receive_text(stranger(index), &format!("Message {index}"));
            self.pass(SignedDuration::from_hours(3));
        }
    }

    /// So many short calls, three hours apart.
    pub(crate) fn weeks_of_calls(&self, count: u32) {
        for index in 0..count {
            if index % 3 == 0 {
                self.miss_call(stranger(index))
            } else {
                self.answer_call(stranger(index))
            }
            self.pass(SignedDuration::from_hours(3));
        }
    }

    /// Somebody reads the newest fax at another device, so that nothing of it is fetched ahead.
    pub(crate) fn read_fax_elsewhere(&self) {
        self.world(|world| {
            let faxes = simulator::world::message_store::MessageQuery {
                kinds: vec![MessageType::Fax],
                ..simulator::world::message_store::MessageQuery::alive(ADA)
            };
            let id = world.messages(&faxes).records[0].id;
            world.set_read_status(ADA, id, ReadStatus::Read).unwrap();
        });
    }

    /// Somebody reads, at another device, all texts and voicemail that came so far.
    pub(crate) fn read_everything_elsewhere(&self) {
        self.world(|world| {
            let alive = simulator::world::message_store::MessageQuery::alive(ADA);
            let ids: Vec<_> = world
                .messages(&alive)
                .records
                .iter()
                .filter(|message| message.kind != MessageType::Fax)
                .map(|message| message.id)
                .collect();
            for id in ids {
                world.set_read_status(ADA, id, ReadStatus::Read).unwrap();
            }
        });
    }
}
