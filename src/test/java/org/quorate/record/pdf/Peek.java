package org.quorate.record.pdf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.quorate.record.RecordVerification;
import org.quorate.record.SampleCeremony;
import org.quorate.record.SampleCertificates;
import org.verapdf.pdfa.flavours.PDFAFlavour;

final class Peek {
    public static void main(String[] args) throws Exception {
        SampleCeremony sample = SampleCeremony.withSteps(args.length > 0 ? Integer.parseInt(args[0]) : 44);
        byte[] pdf = PdfRecord.make(sample.record(), sample.attachments(), SampleCertificates.signer("record key"));
        Files.write(Path.of("/tmp/rec/record.pdf"), pdf);
        byte[] paper = PaperScript.pdf(SampleCeremony.script(4), Instant.EPOCH);
        Files.write(Path.of("/tmp/rec/paper.pdf"), paper);
        System.out.println(
                new RecordVerifier(x -> sample.script()).verify(pdf, RecordVerification.Expectations.none()));
        if (args.length > 1) System.out.println(Judges.veraPdf(pdf, PDFAFlavour.PDFA_3_A));
        if (args.length > 1) System.out.println(Judges.veraPdf(pdf, PDFAFlavour.PDFUA_1));
        if (args.length > 1) System.out.println(Judges.veraPdf(paper, PDFAFlavour.PDFA_3_A));
        if (args.length > 1) System.out.println(Judges.veraPdf(paper, PDFAFlavour.PDFUA_1));
    }
}
