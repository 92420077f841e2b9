//! A key in a PKCS#12 store, for small installations.

use der::Decode;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use x509_cert::Certificate;

use super::{Algorithm, Signer, SignerFault};

enum Key {
    Rsa(Box<RsaKeyPair>),
    P256(Box<EcdsaKeyPair>),
}

/// A key that was taken out of its store, and stays in memory.
pub struct Pkcs12Signer {
    key: Key,
    certificates: Vec<Vec<u8>>,
    random: SystemRandom,
}

impl std::fmt::Debug for Pkcs12Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pkcs12Signer({:?})", self.algorithm())
    }
}

impl Pkcs12Signer {
    /// Opens a store.
    ///
    /// # Errors
    /// The password is wrong, or the store does not hold one key that signs here.
    pub fn open(store: &[u8], password: &str) -> Result<Self, SignerFault> {
        let store = KeyStore::from_pkcs12(store, password, Pkcs12ImportPolicy::Strict)
            .map_err(|fault| SignerFault::Closed(fault.to_string()))?;
        let mut chains = store.entries().filter_map(|(_, entry)| match entry {
            KeyStoreEntry::PrivateKeyChain(chain) => Some(chain),
            _ => None,
        });
        let (Some(chain), None) = (chains.next(), chains.next()) else {
            return Err(SignerFault::NoKey);
        };
        let certificates: Vec<Vec<u8>> = chain
            .certs()
            .iter()
            .map(|certificate| certificate.as_der().to_vec())
            .collect();
        let random = SystemRandom::new();
        let der = chain.key().as_der();
        let key = if let Ok(key) = RsaKeyPair::from_pkcs8(der) {
            Key::Rsa(Box::new(key))
        } else if let Ok(key) =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der, &random)
        {
            Key::P256(Box::new(key))
        } else {
            return Err(SignerFault::Kind);
        };
        let public = match &key {
            Key::Rsa(key) => key.public_key().as_ref(),
            Key::P256(key) => key.public_key().as_ref(),
        };
        let certificate = certificates
            .first()
            .and_then(|der| Certificate::from_der(der).ok())
            .ok_or(SignerFault::NoKey)?;
        let info = certificate.tbs_certificate.subject_public_key_info;
        if info.subject_public_key.as_bytes() != Some(public) {
            return Err(SignerFault::Mismatch);
        }
        Ok(Self {
            key,
            certificates,
            random,
        })
    }
}

impl Signer for Pkcs12Signer {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn algorithm(&self) -> Algorithm {
        match self.key {
            Key::Rsa(_) => Algorithm::RsaSha256,
            Key::P256(_) => Algorithm::EcdsaP256Sha256,
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        let refused = |_| SignerFault::Refused("the key could not be used".to_owned());
        match &self.key {
            Key::Rsa(key) => {
                let mut value = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &self.random, message, &mut value)
                    .map_err(refused)?;
                Ok(value)
            }
            Key::P256(key) => key
                .sign(&self.random, message)
                .map(|value| value.as_ref().to_vec())
                .map_err(refused),
        }
    }
}
