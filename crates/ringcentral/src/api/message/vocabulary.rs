//! The vocabulary of messages: kinds, states and errors as the API reference lists them.

use crate::open_enum::open_enum;

open_enum! {
    /// The kind of a message.
    pub enum MessageType {
        Fax = "Fax",
        Sms = "SMS",
        VoiceMail = "VoiceMail" | "Voice",
        /// A text between colleagues.
        Pager = "Pager",
        Text = "Text",
    }
}

open_enum! {
    /// How far a message's delivery has come. Inbound ones are always `Received`; `Delivered` is said of texts only.
    pub enum MessageStatus {
        Queued = "Queued",
        Sent = "Sent",
        Delivered = "Delivered",
        DeliveryFailed = "DeliveryFailed",
        SendingFailed = "SendingFailed",
        Received = "Received",
    }
}

open_enum! {
    /// Whether a person has seen it.
    pub enum ReadStatus {
        Read = "Read",
        Unread = "Unread",
    }
}

open_enum! {
    /// Whether it is still there. A deleted message can be restored for some days, a purged one cannot.
    pub enum Availability {
        Alive = "Alive",
        Deleted = "Deleted",
        Purged = "Purged",
    }
}

impl Default for Availability {
    /// Events and old answers leave it out of messages that are alive.
    fn default() -> Self {
        Self::Alive
    }
}

open_enum! {
    /// How urgent the sender says it is.
    pub enum MessagePriority {
        Normal = "Normal",
        High = "High",
    }
}

open_enum! {
    /// The kind of an attachment.
    pub enum AttachmentType {
        /// A voicemail's sound.
        AudioRecording = "AudioRecording",
        /// A voicemail's transcript.
        AudioTranscription = "AudioTranscription",
        Text = "Text",
        /// A fax as it was handed in.
        SourceDocument = "SourceDocument",
        /// A fax as it was transmitted, PDF or TIFF.
        RenderedDocument = "RenderedDocument",
        MmsAttachment = "MmsAttachment",
    }
}

open_enum! {
    /// State of a voicemail's transcript; it can be read once it is completed, even partially.
    pub enum TranscriptionStatus {
        NotAvailable = "NotAvailable",
        InProgress = "InProgress",
        TimedOut = "TimedOut",
        Completed = "Completed",
        CompletedPartially = "CompletedPartially",
        Failed = "Failed",
    }
}

open_enum! {
    /// Resolution of a fax.
    pub enum FaxResolution {
        /// 200 dpi.
        High = "High",
        /// 100 dpi.
        Low = "Low",
    }
}

open_enum! {
    /// Why a fax failed.
    pub enum FaxErrorCode {
        AllLinesInUse = "AllLinesInUse",
        Undefined = "Undefined",
        NoFaxSendPermission = "NoFaxSendPermission",
        NoInternationalPermission = "NoInternationalPermission",
        NoFaxMachine = "NoFaxMachine",
        NoAnswer = "NoAnswer",
        LineBusy = "LineBusy",
        CallerHungUp = "CallerHungUp",
        NotEnoughCredits = "NotEnoughCredits",
        SentPartially = "SentPartially",
        InternationalCallingDisabled = "InternationalCallingDisabled",
        DestinationCountryDisabled = "DestinationCountryDisabled",
        UnknownCountryCode = "UnknownCountryCode",
        NotAccepted = "NotAccepted",
        InvalidNumber = "InvalidNumber",
        CallDeclined = "CallDeclined",
        TooManyCallsPerLine = "TooManyCallsPerLine",
        CallFailed = "CallFailed",
        RenderingFailed = "RenderingFailed",
        TooManyPages = "TooManyPages",
        ReturnToDBQueue = "ReturnToDBQueue",
        NoCallTime = "NoCallTime",
        WrongNumber = "WrongNumber",
        ProhibitedNumber = "ProhibitedNumber",
        InternalError = "InternalError",
        FaxSendingProhibited = "FaxSendingProhibited",
        ThePhoneIsBlacklisted = "ThePhoneIsBlacklisted",
        UserNotFound = "UserNotFound",
        ConvertError = "ConvertError",
        DBGeneralError = "DBGeneralError",
        SkypeBillingFailed = "SkypeBillingFailed",
        AccountSuspended = "AccountSuspended",
        ProhibitedDestination = "ProhibitedDestination",
        InternationalDisabled = "InternationalDisabled",
    }
}
