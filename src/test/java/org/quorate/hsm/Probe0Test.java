package org.quorate.hsm;

import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.quorate.base.*;
import org.quorate.hsm.pkcs11.*;

class Probe0Test {
    @Test
    void tpm() throws Exception {
        try (SwTpm c = new SwTpm("tpm");
                Pkcs11Hsm hsm = Pkcs11Hsm.open(c.settings());
                Secret pin = SwTpm.userPin()) {
            for (Token t : hsm.tokens()) System.out.println(t.info().toJson().text());
            Token t = hsm.byLabel("tpm").orElseThrow();
            try (TokenSession session = t.open(new Token.Login.User(pin)).orThrow()) {
                print("tpm user", Admission.run(session, "user"));
            } catch (ProblemException e) {
                System.out.println(e.problem());
                hsm.drainCallLog().forEach(System.out::println);
            }
            try (TokenSession session = t.open(new Token.Login.None()).orThrow()) {
                print("tpm none", Admission.run(session, "none"));
            } catch (ProblemException e) {
                System.out.println(e.problem());
                hsm.drainCallLog().forEach(System.out::println);
            }
        } catch (ProblemException e) {
            System.out.println(e.problem());
            throw e;
        }
    }

    @Test
    void ock() throws Exception {
        try (OpenCryptoki c = new OpenCryptoki("ock");
                Pkcs11Hsm hsm = Pkcs11Hsm.open(c.settings());
                Secret pin = OpenCryptoki.userPin()) {
            for (Token t : hsm.tokens()) System.out.println(t.info().toJson().text());
            Token t = hsm.byLabel("ock").orElseThrow();
            try (TokenSession session = t.open(new Token.Login.User(pin)).orThrow()) {
                print("ock user", Admission.run(session, "user"));
                System.out.println(session.objects());
            }
            try (TokenSession session = t.open(new Token.Login.None()).orThrow()) {
                print("ock none", Admission.run(session, "none"));
                System.out.println(session.objects());
            } catch (ProblemException e) {
                System.out.println(e.problem());
                hsm.drainCallLog().forEach(System.out::println);
            }
            try (Secret wrong = Secret.ofBytes("99999999".getBytes())) {
                System.out.println(Lockout.find(hsm, t.info(), wrong));
            }
        } catch (ProblemException e) {
            System.out.println(e.problem());
            throw e;
        }
    }

    @Test
    void nss() throws Exception {
        for (String list : new String[] {"FC_GetFunctionList"}) {
            var settings = ModuleSettings.of(Path.of("/usr/lib/x86_64-linux-gnu/libsoftokn3.so"), Map.of())
                    .withInitString(
                            "configdir='' certPrefix='' keyPrefix='' secmod='' flags=noModDB,noCertDB,forceOpen,optimizeSpace")
                    .withFunctionList(list);
            try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings)) {
                for (Token t : hsm.tokens()) {
                    System.out.println(t.info().toJson().text());
                    try (TokenSession session = t.open(new Token.Login.None()).orThrow()) {
                        print("nss", Admission.run(session, "none"));
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                }
            } catch (Exception e) {
                System.out.println(e);
            }
        }
    }

    static void print(String name, Admission.Result r) {
        System.out.println("#### " + name + " " + r.admitted());
        r.findings().forEach(f -> System.out.println("  " + f.verdict() + " " + f.name() + ": " + f.detail()));
    }
}
