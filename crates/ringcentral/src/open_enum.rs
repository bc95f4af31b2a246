//! Enumerations that the vendor may extend at any time.
//!
//! A value we do not know is kept as it came and written back unchanged; it never fails a record. Known values are
//! compared without regard to case, because the vendor writes both `Hang Up` and `Hang up`.

/// Declares an open enumeration: the listed variants with their wire text (and further spellings), plus
/// `Unknown(String)`.
macro_rules! open_enum {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $text:literal $(| $alias:literal)*),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* #[doc = concat!("`", $text, "`")] $variant,)*
            /// A value this client does not know, as the vendor wrote it.
            Unknown(String),
        }

        impl $name {
            /// The vendor's text of this value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $(if text.eq_ignore_ascii_case($text) $(|| text.eq_ignore_ascii_case($alias))* {
                    return Self::$variant;
                })*
                Self::Unknown(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                output.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(input)?;
                Ok(Self::from(text.as_ref()))
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
#[expect(unreachable_pub, reason = "the macro makes public types")]
mod tests {
    open_enum! {
        /// Only for the tests.
        pub enum Outcome {
            HangUp = "Hang Up",
            Voicemail = "Voicemail" | "Voice mail",
        }
    }

    #[test]
    fn an_unknown_value_is_kept_and_written_back_as_it_came() {
        let outcome: Outcome = serde_json::from_str("\"Teleported\"").unwrap();
        assert_eq!(outcome, Outcome::Unknown("Teleported".into()));
        assert_eq!(serde_json::to_string(&outcome).unwrap(), "\"Teleported\"");
    }

    #[test]
    fn spellings_that_differ_only_in_case_are_one_value() {
        assert_eq!(Outcome::from("Hang up"), Outcome::HangUp);
        assert_eq!(Outcome::from("voice MAIL"), Outcome::Voicemail);
    }
}
