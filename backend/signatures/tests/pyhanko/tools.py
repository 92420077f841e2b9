"""What the tests of signatures hold themselves against: pyHanko, and certificates made for each run.

    tools.py pki FOLDER               makes keys and certificates
    tools.py stamp FOLDER DAYS        a time stamp of so many days ago, over the digest on standard input
    tools.py sign FOLDER JOBS         signs with pyHanko, as a JSON list of jobs says
    tools.py judge FOLDER FILE...     what pyHanko says of each file, as JSON
    tools.py judge-cms FOLDER PAIR... the same of `content:signature`
"""

import asyncio
import json
import logging
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from asn1crypto import cms as asn1_cms
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(timezone.utc).replace(microsecond=0)
PASSWORD = b"thu-bi-mat"
logging.disable(logging.CRITICAL)


def named(text):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ủy ban nhân dân phường Thử"),
            x509.NameAttribute(NameOID.COMMON_NAME, text),
        ]
    )


def certificate(name, key, issuer, days, *, authority=False, stamps=False, answers=False):
    """`issuer` is a pair of name and key; `days` are from and to, from now."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer[0]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key()),
            critical=False,
        )
    )
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    if answers:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False
        )
    return builder.sign(issuer[1], hashes.SHA256())


def pki(folder):
    folder.mkdir(parents=True, exist_ok=True)
    curve = lambda: ec.generate_private_key(ec.SECP256R1())
    root, middle, stranger = curve(), curve(), curve()
    certificates = {
        "root": certificate("Gốc", root, ("Gốc", root), (-3000, 3000), authority=True),
        "middle": certificate("Trung gian", middle, ("Gốc", root), (-2000, 2000), authority=True),
        "stranger": certificate(
            "Gốc lạ", stranger, ("Gốc lạ", stranger), (-3000, 3000), authority=True
        ),
    }
    by = ("Trung gian", middle)
    made = {
        "person": (rsa.generate_private_key(65537, 2048), by, (-300, 300), {}),
        "agency": (curve(), by, (-300, 300), {}),
        "lapsed": (curve(), by, (-400, -30), {}),
        "early": (curve(), by, (30, 400), {}),
        "revoked": (curve(), by, (-300, 300), {}),
        "foreign": (curve(), ("Gốc lạ", stranger), (-300, 300), {}),
        # The stamping authority of the tests signs by RSA only.
        "stamper": (rsa.generate_private_key(65537, 2048), by, (-300, 300), {"stamps": True}),
        "foreign_stamper": (
            rsa.generate_private_key(65537, 2048),
            ("Gốc lạ", stranger),
            (-300, 300),
            {"stamps": True},
        ),
        "answerer": (curve(), by, (-300, 300), {"answers": True}),
    }
    own = curve()
    made["alone"] = (own, ("alone", own), (-300, 300), {})
    for name, (key, issuer, days, more) in made.items():
        found = certificate(name, key, issuer, days, **more)
        certificates[name] = found
        along = [certificates["middle"]] if issuer is by else []
        store = pkcs12.serialize_key_and_certificates(
            name.encode(), key, found, along, serialization.BestAvailableEncryption(PASSWORD)
        )
        (folder / f"{name}.p12").write_bytes(store)
        (folder / f"{name}.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    for name, found in certificates.items():
        (folder / f"{name}.pem").write_bytes(found.public_bytes(serialization.Encoding.PEM))
        (folder / f"{name}.der").write_bytes(found.public_bytes(serialization.Encoding.DER))

    def listed(days_ago, lasts, when):
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(named("Trung gian"))
            .last_update(NOW - timedelta(days=days_ago))
            .next_update(NOW - timedelta(days=days_ago) + timedelta(days=lasts))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(middle.public_key()),
                critical=False,
            )
            .add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(certificates["revoked"].serial_number)
                .revocation_date(NOW - timedelta(days=when))
                .build()
            )
        )
        return builder.sign(middle, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    (folder / "list.crl").write_bytes(listed(1, 10, 20))
    (folder / "old.crl").write_bytes(listed(100, 10, 101))

    def answered(name, status, when=None):
        return (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=certificates[name],
                issuer=certificates["middle"],
                algorithm=hashes.SHA1(),
                cert_status=status,
                this_update=NOW - timedelta(hours=1),
                next_update=NOW + timedelta(days=1),
                revocation_time=when,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, certificates["answerer"])
            .certificates([certificates["answerer"]])
            .sign(made["answerer"][0], hashes.SHA256())
            .public_bytes(serialization.Encoding.DER)
        )

    (folder / "good.ocsp").write_bytes(answered("person", ocsp.OCSPCertStatus.GOOD))
    (folder / "revoked.ocsp").write_bytes(
        answered("revoked", ocsp.OCSPCertStatus.REVOKED, NOW - timedelta(days=20))
    )


def loaded(folder, name):
    bytes_ = (folder / f"{name}.der").read_bytes()
    return asn1_x509.Certificate.load(bytes_)


def stamper_of(folder, days, name="stamper"):
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register_multiple([loaded(folder, "middle")])
    return DummyTimeStamper(
        tsa_cert=loaded(folder, name),
        tsa_key=keys.PrivateKeyInfo.load((folder / f"{name}.key").read_bytes()),
        certs_to_embed=store,
        fixed_dt=NOW - timedelta(days=days),
    )


def stamp(folder, days, name):
    digest = sys.stdin.buffer.read()
    token = asyncio.run(stamper_of(folder, days, name).async_timestamp(digest, "sha256"))
    sys.stdout.buffer.write(token.dump())


def sign(folder, jobs):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.fields import SigSeedSubFilter

    for job in jobs:
        signer = signers.SimpleSigner.load_pkcs12(
            str(folder / f"{job['key']}.p12"), passphrase=PASSWORD
        )
        stamper = stamper_of(folder, job["stamped"], job.get("stamper", "stamper")) if "stamped" in job else None
        if job.get("detached"):
            content = Path(job["in"]).read_bytes()
            made = asyncio.run(signer.async_sign_general_data(
                content, "sha256", detached=True, use_cades=True, timestamper=stamper
            ))
            Path(job["out"]).write_bytes(made.dump())
            continue
        with open(job["in"], "rb") as source, open(job["out"], "wb") as target:
            writer = IncrementalPdfFileWriter(source, strict=False)
            meta = signers.PdfSignatureMetadata(
                field_name=job["field"],
                subfilter=SigSeedSubFilter.PADES
                if job.get("pades", True)
                else SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
                md_algorithm="sha256",
                embed_validation_info=False,
            )
            signers.sign_pdf(writer, meta, signer=signer, timestamper=stamper, output=target)


def contexts(folder, moment=None):
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[loaded(folder, "root")],
        other_certs=[],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=moment,
        best_signature_time=moment,
    )


def of_signature(folder, embedded):
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    status = validate_pdf_signature(embedded, contexts(folder))
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.intact and stamp.trusted:
        # Held against the time that was stamped.
        status = validate_pdf_signature(
            embedded,
            contexts(folder, stamp.timestamp),
            ts_validation_context=contexts(folder),
        )
    covered = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    return {
        "field": embedded.field_name,
        "accepted": bool(status.bottom_line and covered),
        "intact": bool(status.intact and status.valid),
        "trusted": bool(status.trusted),
        "stamped": bool(stamp is not None and stamp.trusted),
        "coverage": status.coverage.name,
        "changes": getattr(status.modification_level, "name", None),
    }


def judge(folder, path):
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        with open(path, "rb") as file:
            reader = PdfFileReader(file, strict=False)
            found = [of_signature(folder, embedded) for embedded in reader.embedded_regular_signatures]
    except Exception as fault:  # whatever it stumbles over, it does not accept
        return {"accepted": False, "why": f"{type(fault).__name__}: {fault}", "signatures": []}
    return {
        "accepted": bool(found) and all(signature["accepted"] for signature in found),
        "why": "",
        "signatures": found,
    }


def judge_cms(folder, pair):
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

    content, signature = pair.split(":")
    try:
        info = asn1_cms.ContentInfo.load(Path(signature).read_bytes())
        status = asyncio.run(
            async_validate_detached_cms(
                Path(content).read_bytes(),
                info["content"],
                signer_validation_context=contexts(folder),
            )
        )
        return {"accepted": bool(status.bottom_line), "why": "", "signatures": []}
    except Exception as fault:
        return {"accepted": False, "why": f"{type(fault).__name__}: {fault}", "signatures": []}


def main():
    command, folder, *rest = sys.argv[1:]
    folder = Path(folder)
    if command == "pki":
        pki(folder)
    elif command == "stamp":
        stamp(folder, float(rest[0]), rest[1])
    elif command == "sign":
        sign(folder, json.loads(rest[0]))
    elif command == "judge":
        print(json.dumps([judge(folder, path) for path in rest]))
    elif command == "judge-cms":
        print(json.dumps([judge_cms(folder, pair) for pair in rest]))
    else:
        sys.exit(__doc__)


main()
