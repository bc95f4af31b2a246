//! Gives memory that is no longer needed back to the system.
//!
//! The allocator of glibc keeps what was freed for the program: after a recording was written down, two hundred megabytes that
//! nobody used. Other systems give it back by themselves. Nothing is allocated or freed here.

/// Gives back what is free. Takes milliseconds, in which other threads wait for memory; for after something large.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: malloc_trim(3) may be called at any time from any thread ("MT-Safe"), takes a number and touches nothing
        // that is in use.
        #[expect(unsafe_code, reason = "glibc offers it to C only")]
        unsafe {
            libc::malloc_trim(0);
        }
    }
}
