mod downloads;
mod jobs;
mod made_up;
mod real_model;
mod services;
mod shown;
