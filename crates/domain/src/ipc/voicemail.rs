//! Listening to voicemail, and its words.

use super::Undoable;
use super::inbox::SavedFile;
use crate::ids::CommunicationId;
use crate::transcription::{TranscriberKind, TranscriptState, TranscriptionOverview};
use crate::voicemail::{SoundFormat, Voicemail};

super::commands! {
    /// What the player shows. The sound is fetched and looked at first when it is wanted and not on this computer.
    GetVoicemail { item: CommunicationId, fetch: bool } -> Voicemail as "get_voicemail";
    /// Remembers where somebody stopped listening.
    RememberPosition { item: CommunicationId, position_ms: u32 } -> () as "remember_position";
    /// The next voicemail that nobody has heard, from the newest to the oldest and round again; none when all are heard.
    NextUnheard { after: Option<CommunicationId> } -> Option<CommunicationId> as "next_unheard";
    /// Saves the sound into the person's download folder under the caller's name and the day.
    SaveVoicemail { item: CommunicationId, format: SoundFormat } -> SavedFile as "save_voicemail";
    /// Deletes a voicemail here and, after the time in which it can be taken back, at RingCentral.
    DeleteVoicemail { item: CommunicationId } -> Undoable as "delete_voicemail";
    /// The words of a voicemail and what is being done about them.
    GetTranscript { item: CommunicationId } -> TranscriptState as "get_transcript";
    /// Has it written down, by `by` or the first that can. What is asked for already is not asked for twice.
    Transcribe { item: CommunicationId, by: Option<TranscriberKind> } -> () as "transcribe";
    /// Has all those written down that have no words; says how many.
    TranscribeAll {} -> u32 as "transcribe_all";
    /// Stops what was asked for.
    CancelTranscription { item: CommunicationId } -> () as "cancel_transcription";
    /// Stops everything that was asked for; says how many.
    CancelAllTranscriptions {} -> u32 as "cancel_all_transcriptions";
    /// Keeps the text as a person corrected it; `None` goes back to the machine's.
    CorrectTranscript { item: CommunicationId, text: Option<String> } -> () as "correct_transcript";
    /// What the settings show of transcription.
    GetTranscription {} -> TranscriptionOverview as "get_transcription";
    /// Keeps the key of a service in the keychain; `None` forgets it.
    SetTranscriberKey { kind: TranscriberKind, key: Option<String> } -> () as "set_transcriber_key";
    /// Tries a transcriber with two seconds of sound that the program brings along, and says in words what came of it.
    TestTranscriber { kind: TranscriberKind } -> String as "test_transcriber";
    /// Downloads a model of the catalogue, or goes on with it, and uses it when it is here.
    DownloadModel { name: String } -> () as "download_model";
    /// Stops a download; what has arrived is kept for going on.
    CancelModelDownload { name: String } -> () as "cancel_model_download";
    /// Deletes a downloaded model, or what has arrived of it.
    DeleteModel { name: String } -> () as "delete_model";
    /// Asks the person for a model file and uses it; `None` when they chose none.
    ChooseModelFile {} -> Option<String> as "choose_model_file";
}
