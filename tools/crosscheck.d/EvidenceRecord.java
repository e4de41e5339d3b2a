import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Date;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;

/** Checks an RFC 4998 evidence record with Bouncy Castle alone: EvidenceRecord RECORD.ers DATA */
class EvidenceRecord {
    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        ERSEvidenceRecord record = new ERSEvidenceRecord(
            Files.readAllBytes(Path.of(arguments[0])),
            new JcaDigestCalculatorProviderBuilder().setProvider("BC").build());
        record.validatePresent(new ERSByteData(Files.readAllBytes(Path.of(arguments[1]))), new Date());
        record.validate(
            new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(record.getSigningCertificate()));
        int chains = record.toASN1Structure().getArchiveTimeStampSequence().size();
        System.out.println("OK chains=" + chains + " signer=" + record.getSigningCertificate().getSubject());
    }
}
