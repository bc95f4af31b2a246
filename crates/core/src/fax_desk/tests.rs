mod drafts;
mod limits;
mod odd_files;
