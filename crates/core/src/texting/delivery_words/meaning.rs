//! The reasons for which a text does not arrive, each with its words.
//!
//! Several codes can have one meaning; two meanings never share their words.

/// Whether sending the same text again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// By itself, after a while.
    Later,
    /// Once something was changed: the text, the number, the account.
    AfterChange,
    /// It would be refused again, or might reach the person twice.
    Never,
}

/// What happened, what it means, what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) happened: &'static str,
    pub(super) means: &'static str,
    pub(super) what_to_do: &'static str,
    pub(super) retry: Retry,
}

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident: $retry:ident, $happened:literal, $means:literal, $what_to_do:literal;)*) => {
        /// Why a text was refused or lost.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Meaning {
            $($(#[$doc])* $name,)*
        }

        impl Meaning {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub(super) fn words(self) -> Words {
                match self {
                    $(Self::$name => Words {
                        happened: $happened,
                        means: $means,
                        what_to_do: $what_to_do,
                        retry: Retry::$retry,
                    },)*
                }
            }
        }
    };
}

meanings! {
    // ------------------------------------------------ the recipient
    OptedOut: AfterChange,
        "The recipient has opted out of your texts.",
        "RingCentral blocks every text from this number to them.",
        "Call them; they can allow texts again by texting START to this number.";
    NotTextable: AfterChange,
        "The number cannot receive texts.",
        "It may be a landline, out of service or mistyped.",
        "Check the number, or call instead.";
    DestinationNotSupported: AfterChange,
        "RingCentral cannot send texts to this number.",
        "It is not a mobile number that it reaches.",
        "Use a mobile number of this person, or call.";
    RecipientUnavailable: AfterChange,
        "The recipient's phone could not be reached.",
        "Their carrier says that the line takes no texts at present.",
        "Check that the number is still in use, or call.";
    CarrierWithoutTexts: Never,
        "The recipient's carrier does not handle texts of this kind.",
        "No text from here will reach this number.",
        "Call the person.";
    ShortCodesRefused: Never,
        "The recipient's carrier takes no texts from short numbers.",
        "The text was stopped before it reached them.",
        "Send it from a full phone number, or call.";
    NoRecipient: AfterChange,
        "The text has no recipient.",
        "Nothing was sent.",
        "Add a phone number and send again.";
    BadRecipient: AfterChange,
        "RingCentral did not accept the recipient's number.",
        "It is not a complete phone number.",
        "Correct the number and send again.";
    BlockedNumber: Never,
        "The recipient's number is blocked.",
        "RingCentral sends nothing to it.",
        "Ask an administrator whether your company blocked it, or call.";
    ProhibitedDestination: Never,
        "Texts to this destination are prohibited.",
        "RingCentral sends nothing there.",
        "Call the person, or use another of their numbers.";
    ExtensionNumber: AfterChange,
        "Texts cannot go from or to an internal extension.",
        "Both sides need a full phone number.",
        "Use the person's mobile number or direct line.";
    ShortNumber: AfterChange,
        "Texts to short numbers are not possible.",
        "Only full phone numbers can be texted from here.",
        "Use a full phone number.";
    RecipientIsFax: AfterChange,
        "The recipient's number is a fax line.",
        "It takes no texts.",
        "Use a mobile number, or send a fax.";
    NumberNotAssigned: AfterChange,
        "The number belongs to nobody at present.",
        "Nobody would read the text.",
        "Ask the person for their current number.";
    RecipientDisabled: AfterChange,
        "The colleague's line is switched off.",
        "It takes no texts until an administrator enables it.",
        "Choose another number.";
    RepeatedRecipient: AfterChange,
        "The same recipient was named twice.",
        "Nothing was sent.",
        "Remove one of them and send again.";
    TooManyRecipients: AfterChange,
        "A group text can have ten recipients at most.",
        "Nothing was sent.",
        "Take some away, or send it as a campaign.";

    // ------------------------------------------------ the text itself
    RingCentralFilter: AfterChange,
        "RingCentral's filter took the text for spam.",
        "It never left RingCentral.",
        "Write it differently, without link shorteners and advertising phrases, and send again.";
    GatewayFilter: AfterChange,
        "The text looked like spam on its way to the carrier.",
        "It was stopped and did not reach the recipient.",
        "Write it more personally and send again.";
    CarrierFilter: AfterChange,
        "The recipient's carrier took the text for spam.",
        "It did not reach the recipient.",
        "Change the wording so that it fits what your company registered to text about.";
    Revise: AfterChange,
        "The text could not be delivered as it is written.",
        "Something in its content was rejected on the way.",
        "Revise it and send again.";
    Malformed: AfterChange,
        "The recipient's carrier could not read the text.",
        "It may contain characters that it does not know.",
        "Replace special characters with plain ones and send again.";
    EmptyText: AfterChange,
        "The text is empty.",
        "Nothing was sent.",
        "Write something or add a picture.";
    TextNotAccepted: AfterChange,
        "RingCentral did not accept the wording.",
        "It may be too long or contain characters that it cannot send.",
        "Shorten or change it and send again.";
    TooLong: AfterChange,
        "The text is too long to be sent.",
        "RingCentral sends 1,000 characters at most.",
        "Shorten it or send it in two parts.";
    TooLongForCarrier: AfterChange,
        "The text is too long for the recipient's carrier.",
        "This carrier takes one short text of 160 characters at a time.",
        "Shorten it or send it in parts.";
    ShortenedLink: AfterChange,
        "The recipient's carrier blocks shortened links.",
        "The text was stopped because of the link inside.",
        "Put the full address of the page in its place and send again.";

    // ------------------------------------------------ pictures and files
    MediaTooLargeForCarrier: AfterChange,
        "The attached files are too large for the recipient's carrier.",
        "It took neither the files nor the words.",
        "Send a smaller picture, or only words.";
    AttachmentTooLarge: AfterChange,
        "The attached files are too large.",
        "A text can carry 1.5 MB together.",
        "Take some away or make the pictures smaller.";
    MessageTooLarge: AfterChange,
        "The text and its files are too large together.",
        "Nothing was sent.",
        "Send the files in several texts.";
    TooManyAttachments: AfterChange,
        "Too many files are attached.",
        "A text can carry ten.",
        "Take some away and send the rest in a second text.";
    AttachmentKind: AfterChange,
        "One of the attached files is of a kind that texts cannot carry.",
        "Pictures, short videos, sound, contact cards and zip files can be sent.",
        "Take the file away, or send it by fax or email.";
    AttachmentEmpty: AfterChange,
        "One of the attached files is empty.",
        "Nothing was sent.",
        "Check the file and attach it again.";
    PicturesNotAvailable: AfterChange,
        "Your account cannot send pictures or files with texts.",
        "Words alone can be sent.",
        "Take the files away, or ask an administrator about your plan.";
    PicturesAbroadNotAvailable: AfterChange,
        "Pictures and files cannot be sent to another country.",
        "Words alone may be possible.",
        "Take the files away and send again.";

    // ------------------------------------------------ the sender's number
    SenderMissing: AfterChange,
        "No number was chosen to send from.",
        "Nothing was sent.",
        "Choose one of your numbers and send again.";
    SenderNotYours: AfterChange,
        "The number to send from is not yours.",
        "You can text only from numbers that are assigned to you.",
        "Choose another number, or ask an administrator to assign this one to you.";
    SenderWithoutTexts: AfterChange,
        "The number you send from is not set up for texts.",
        "Nothing sent from it will arrive.",
        "Choose another number, or ask an administrator to set it up.";
    SenderNotAvailable: AfterChange,
        "RingCentral does not offer texting from this number.",
        "Your account's plan leaves it out.",
        "Choose another number, or ask an administrator about your plan.";
    SenderIsFax: AfterChange,
        "Texts cannot be sent from a fax number.",
        "Nothing was sent.",
        "Choose a voice number to send from.";
    SenderFlagged: AfterChange,
        "The number you send from has been flagged for spam.",
        "No text from it goes out any more.",
        "Choose another number and tell an administrator.";
    SenderMisconfigured: AfterChange,
        "RingCentral has set up the number you send from wrongly.",
        "Its texts go nowhere until that is put right.",
        "Ask RingCentral's support to check the number; choose another one meanwhile.";
    SenderSettingsIncomplete: AfterChange,
        "Your account's texting settings do not work.",
        "RingCentral has no way to hand your texts to the carriers.",
        "Tell an administrator.";
    TollFreeNotVerified: AfterChange,
        "The toll-free number you send from is not verified.",
        "Carriers block its texts until it is.",
        "Choose another number, and have an administrator start the verification with RingCentral.";
    TollFreeNotAvailable: AfterChange,
        "Your account cannot send texts from toll-free numbers.",
        "Nothing was sent.",
        "Choose a local number to send from.";
    TollFreeAbroad: AfterChange,
        "Toll-free numbers cannot text other countries.",
        "Nothing was sent.",
        "Choose a local number to send from.";

    // ------------------------------------------------ limits
    AccountLimit: Later,
        "Your company's limit of texts is used up.",
        "RingCentral takes no more until the day or the month is over.",
        "Try again tomorrow; an administrator can ask for more.";
    AccountLimitReached: Later,
        "The account has reached a limit set by its plan.",
        "RingCentral refused this text.",
        "Try again later; an administrator sees the limits in the account.";
    TMobileLimit: Later,
        "T-Mobile's daily limit for your company is used up.",
        "T-Mobile customers get no more texts from you today.",
        "Try again tomorrow; RingCentral's support can review the limit.";
    AttLimit: Later,
        "AT&T's daily limit for your company is used up.",
        "AT&T customers get no more texts from you today.",
        "Try again tomorrow; RingCentral's support can review the limit.";
    CarrierLimit: Later,
        "The carriers' limit for your company is used up.",
        "They take no more of your texts for now.",
        "Try again tomorrow; RingCentral's support can review the limit.";
    TooFast: Later,
        "Texts were sent faster than RingCentral allows.",
        "This one was not taken.",
        "Wait a minute and send it again.";

    // ------------------------------------------------ permissions and plan
    AbroadNotAvailable: AfterChange,
        "Your account cannot text other countries.",
        "Nothing was sent.",
        "Ask an administrator about international texting, or call.";
    NotPermitted: AfterChange,
        "You are not permitted to send texts.",
        "Your role at RingCentral leaves it out.",
        "Ask an administrator for the permission.";
    NotForOthers: Never,
        "You can send texts only for yourself.",
        "This text would have gone out in another person's name.",
        "Choose one of your own numbers.";
    AdministratorsOnly: AfterChange,
        "Only administrators can do this.",
        "Your role at RingCentral leaves it out.",
        "Ask an administrator to do it.";
    AppNotPermitted: AfterChange,
        "Switchboard is not permitted to send texts for your company.",
        "Its registration with RingCentral leaves texting out.",
        "Ask an administrator to add the permission.";
    ExtensionKind: AfterChange,
        "A line of this kind cannot send texts.",
        "Texting belongs to personal lines.",
        "Send it from a personal number.";
    FeatureMissing: AfterChange,
        "Texting is not part of your plan.",
        "RingCentral refused the text for this account.",
        "Ask an administrator about your plan.";
    SignInNeeded: AfterChange,
        "RingCentral asks you to sign in again.",
        "Nothing can be sent until then.",
        "Sign in and send it again.";

    // ------------------------------------------------ faults on the way
    RingCentralFault: Later,
        "RingCentral had a fault of its own.",
        "The text was not sent.",
        "Try again later; if it happens often, tell RingCentral's support.";
    RingCentralBusy: Later,
        "RingCentral was not able to send the text just now.",
        "Its texting was overloaded or down for a moment.",
        "Try again in a few minutes.";
    HandoverFault: Later,
        "RingCentral handed the text over wrongly.",
        "The mistake is on RingCentral's side.",
        "Tell RingCentral's support if it happens again.";
    GatewayFault: Later,
        "The link between RingCentral and the carriers is disturbed.",
        "The text did not get through.",
        "Try again later; if it happens often, tell RingCentral's support.";
    CarrierFault: Later,
        "The recipient's carrier has a disturbance.",
        "The text did not get through.",
        "Wait a while and send it again.";
    Expired: Later,
        "The text expired before the carrier took it.",
        "It did not reach the recipient.",
        "Send it again later; if it happens often, tell RingCentral's support.";
    CarrierGaveNoReason: Later,
        "The recipient's carrier rejected the text without a reason.",
        "It did not reach the recipient.",
        "Try again later; if it happens often, tell RingCentral's support.";
    NoStatusYet: Never,
        "The carrier has not said what became of the text.",
        "It may still arrive; sending it again could reach the person twice.",
        "Look again in an hour, or call if it cannot wait.";
    StatusUnknown: Never,
        "The carrier does not know what became of the text.",
        "It may have arrived; sending it again could reach the person twice.",
        "Call if it matters.";
    OurFault: Never,
        "RingCentral could not understand what Switchboard sent.",
        "The mistake is in this program and not in your text.",
        "Please report it, and send the text from RingCentral's own app meanwhile.";
    NotFound: AfterChange,
        "RingCentral no longer finds what the text belongs to.",
        "The number or the line may have been removed.",
        "Choose another number to send from.";
}
