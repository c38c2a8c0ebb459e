package org.quorate.hsm.pkcs11;

/// The numbers of PKCS#11 that this adapter itself uses, named as there; all others are in [Names].
final class Ck {
    static final long CKR_OK = 0x0;
    static final long CKR_GENERAL_ERROR = 0x5;
    static final long CKR_ARGUMENTS_BAD = 0x7;
    static final long CKR_NO_EVENT = 0x8;
    static final long CKR_ATTRIBUTE_SENSITIVE = 0x11;
    static final long CKR_ATTRIBUTE_TYPE_INVALID = 0x12;
    static final long CKR_DEVICE_ERROR = 0x30;
    static final long CKR_DEVICE_REMOVED = 0x32;
    static final long CKR_FUNCTION_CANCELED = 0x50;
    static final long CKR_FUNCTION_NOT_SUPPORTED = 0x54;
    static final long CKR_KEY_SIZE_RANGE = 0x62;
    static final long CKR_KEY_TYPE_INCONSISTENT = 0x63;
    static final long CKR_KEY_FUNCTION_NOT_PERMITTED = 0x68;
    static final long CKR_MECHANISM_INVALID = 0x70;
    static final long CKR_MECHANISM_PARAM_INVALID = 0x71;
    static final long CKR_OBJECT_HANDLE_INVALID = 0x82;
    static final long CKR_PIN_LEN_RANGE = 0xa2;
    static final long CKR_SESSION_CLOSED = 0xb0;
    static final long CKR_SIGNATURE_INVALID = 0xc0;
    static final long CKR_SIGNATURE_LEN_RANGE = 0xc1;
    static final long CKR_TOKEN_NOT_PRESENT = 0xe0;
    static final long CKR_TOKEN_WRITE_PROTECTED = 0xe2;
    static final long CKR_WRAPPED_KEY_LEN_RANGE = 0x112;
    static final long CKR_BUFFER_TOO_SMALL = 0x150;
    static final long CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    static final long CKU_SO = 0;
    static final long CKU_USER = 1;
    static final long CKU_CONTEXT_SPECIFIC = 2;

    static final long CKO_CERTIFICATE = 1;
    static final long CKO_PUBLIC_KEY = 2;
    static final long CKO_PRIVATE_KEY = 3;
    static final long CKO_SECRET_KEY = 4;

    static final long CKK_RSA = 0;
    static final long CKK_EC = 3;
    static final long CKK_GENERIC_SECRET = 0x10;
    static final long CKK_AES = 0x1f;
    static final long CKK_EC_EDWARDS = 0x40;

    static final long CKA_CLASS = 0x0;
    static final long CKA_TOKEN = 0x1;
    static final long CKA_PRIVATE = 0x2;
    static final long CKA_LABEL = 0x3;
    static final long CKA_VALUE = 0x11;
    static final long CKA_CERTIFICATE_TYPE = 0x80;
    static final long CKA_ISSUER = 0x81;
    static final long CKA_SERIAL_NUMBER = 0x82;
    static final long CKA_TRUSTED = 0x86;
    static final long CKA_KEY_TYPE = 0x100;
    static final long CKA_SUBJECT = 0x101;
    static final long CKA_ID = 0x102;
    static final long CKA_SENSITIVE = 0x103;
    static final long CKA_ENCRYPT = 0x104;
    static final long CKA_DECRYPT = 0x105;
    static final long CKA_WRAP = 0x106;
    static final long CKA_UNWRAP = 0x107;
    static final long CKA_SIGN = 0x108;
    static final long CKA_VERIFY = 0x10a;
    static final long CKA_DERIVE = 0x10c;
    static final long CKA_MODULUS = 0x120;
    static final long CKA_MODULUS_BITS = 0x121;
    static final long CKA_PUBLIC_EXPONENT = 0x122;
    static final long CKA_PRIVATE_EXPONENT = 0x123;
    static final long CKA_PRIME_1 = 0x124;
    static final long CKA_PRIME_2 = 0x125;
    static final long CKA_EXPONENT_1 = 0x126;
    static final long CKA_EXPONENT_2 = 0x127;
    static final long CKA_COEFFICIENT = 0x128;
    static final long CKA_VALUE_LEN = 0x161;
    static final long CKA_EXTRACTABLE = 0x162;
    static final long CKA_ALWAYS_AUTHENTICATE = 0x202;
    static final long CKA_EC_PARAMS = 0x180;
    static final long CKA_EC_POINT = 0x181;

    static final long CKM_RSA_PKCS_KEY_PAIR_GEN = 0x0;
    static final long CKM_RSA_PKCS = 0x1;
    static final long CKM_RSA_X_509 = 0x3;
    static final long CKM_RSA_PKCS_OAEP = 0x9;
    static final long CKM_SHA256_RSA_PKCS = 0x40;
    static final long CKM_SHA384_RSA_PKCS = 0x41;
    static final long CKM_SHA_1 = 0x220;
    static final long CKM_SHA256 = 0x250;
    static final long CKM_SHA256_HMAC = 0x251;
    static final long CKM_SHA384_HMAC = 0x261;
    static final long CKM_SHA512_HMAC = 0x271;
    static final long CKM_GENERIC_SECRET_KEY_GEN = 0x350;
    static final long CKM_EC_KEY_PAIR_GEN = 0x1040;
    static final long CKM_ECDSA = 0x1041;
    static final long CKM_ECDSA_SHA256 = 0x1044;
    static final long CKM_ECDSA_SHA384 = 0x1045;
    static final long CKM_ECDSA_SHA512 = 0x1046;
    static final long CKM_ECDH1_DERIVE = 0x1050;
    static final long CKM_RSA_AES_KEY_WRAP = 0x1054;
    static final long CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
    static final long CKM_EDDSA = 0x1057;
    static final long CKM_AES_KEY_GEN = 0x1080;
    static final long CKM_AES_ECB = 0x1081;
    static final long CKM_AES_CBC_PAD = 0x1085;
    static final long CKM_AES_KEY_WRAP = 0x2109;
    static final long CKM_AES_KEY_WRAP_PAD = 0x210a;
    static final long CKM_AES_KEY_WRAP_KWP = 0x210b;

    static final long CKD_NULL = 1;

    static final long CKG_MGF1_SHA1 = 1;
    static final long CKG_MGF1_SHA256 = 2;

    private Ck() {}
}
