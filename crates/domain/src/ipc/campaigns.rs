//! Texts to many people.

use super::inbox::SavedFile;
use crate::campaign::{Campaign, CampaignCheck, CampaignDraft, CampaignResult, CsvColumns, ResultKind};
use crate::ids::CampaignId;

super::commands! {
    /// The columns of a list, with a guess what they hold.
    ReadCampaignFile { file_name: String, content: String } -> CsvColumns as "read_campaign_file";
    /// The tags that contacts have, with the number of contacts, the most frequent first.
    ListTags {} -> Vec<(String, u32)> as "list_tags";
    /// What would happen if the campaign began now. Nothing is stored.
    CheckCampaign { draft: CampaignDraft } -> CampaignCheck as "check_campaign";
    /// Freezes the texts and begins. What was excluded by the check is excluded here.
    StartCampaign { draft: CampaignDraft } -> CampaignId as "start_campaign";
    /// All campaigns, the newest first.
    ListCampaigns {} -> Vec<Campaign> as "list_campaigns";
    /// One campaign.
    GetCampaign { id: CampaignId } -> Campaign as "get_campaign";
    /// What became of its recipients, or of those of one kind, in the order of sending; `limit` is at most 200.
    ListCampaignResults { id: CampaignId, only: Option<ResultKind>, offset: u32, limit: u32 } -> Vec<CampaignResult> as "list_campaign_results";
    /// Holds back what has not left.
    PauseCampaign { id: CampaignId } -> () as "pause_campaign";
    /// Lets it go on.
    ResumeCampaign { id: CampaignId } -> () as "resume_campaign";
    /// Takes back what has not left, for good.
    CancelCampaign { id: CampaignId } -> () as "cancel_campaign";
    /// Queues those again that RingCentral never took over and for whom another try can help. Says how many.
    RetryCampaign { id: CampaignId } -> u32 as "retry_campaign";
    /// Saves the result per recipient as CSV into the person's download folder.
    ExportCampaign { id: CampaignId } -> SavedFile as "export_campaign";
}
