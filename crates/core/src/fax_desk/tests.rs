mod drafts;
