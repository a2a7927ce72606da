//! What people do with the platform: one file for each use case, and the jobs.
