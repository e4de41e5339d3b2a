import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import java.util.Collection;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Checks an RFC 3161 response with Bouncy Castle alone: Timestamp RESPONSE.tsr DATA ROOT.pem... */
class Timestamp {
    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        TimeStampResponse response = new TimeStampResponse(Files.readAllBytes(Path.of(arguments[0])));
        TimeStampToken token = response.getTimeStampToken();
        if (token == null) throw new Exception("no token: " + response.getStatusString());
        Collection<X509CertificateHolder> own = token.getCertificates().getMatches(token.getSID());
        X509CertificateHolder signer = own.iterator().next();
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(signer));
        byte[] digest = MessageDigest.getInstance(token.getTimeStampInfo().getMessageImprintAlgOID().getId(), "BC")
            .digest(Files.readAllBytes(Path.of(arguments[1])));
        if (!Arrays.equals(digest, token.getTimeStampInfo().getMessageImprintDigest())) {
            throw new Exception("the token is over other data");
        }
        Collection<X509CertificateHolder> sent = token.getCertificates().getMatches(null);
        if (!chains(signer, sent, arguments, 0)) throw new Exception("no root at hand issued " + signer.getSubject());
        System.out.println("OK " + token.getTimeStampInfo().getGenTime() + " " + signer.getSubject());
    }

    /** Whether a root signed this certificate, directly or by others that came along. */
    private static boolean chains(
        X509CertificateHolder certificate, Collection<X509CertificateHolder> sent, String[] arguments, int depth
    ) throws Exception {
        for (int number = 2; number < arguments.length; number++) {
            try (PEMParser parser = new PEMParser(Files.newBufferedReader(Path.of(arguments[number])))) {
                if (isIssued(certificate, (X509CertificateHolder) parser.readObject())) return true;
            }
        }
        if (depth == 8) return false;
        for (X509CertificateHolder issuer : sent) {
            boolean isItself = issuer.equals(certificate);
            if (!isItself && isIssued(certificate, issuer) && chains(issuer, sent, arguments, depth + 1)) return true;
        }
        return false;
    }

    private static boolean isIssued(X509CertificateHolder certificate, X509CertificateHolder issuer) throws Exception {
        return certificate.getIssuer().equals(issuer.getSubject())
            && certificate.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(issuer));
    }
}
