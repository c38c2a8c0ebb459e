package org.quorate.hsm.pkcs11;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The C function behind a method of [Cryptoki].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Call {
    String value();

    CallClass within();

    /// Whether it leaves a trace on the token, so that a device error in the middle means *unknown* and not *no*.
    boolean changes() default false;
}
