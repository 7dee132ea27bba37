namespace Billing.Api.Tests.Banking;

/// <summary>
/// Statements in the forms that banks write, made by hand after the formats' own documents: the same three amounts in each.
/// </summary>
internal static class Statements
{
    /// <summary>SGML, no element closed that need not be; one entry out, one with an escaped letter.</summary>
    public const string Ofx1 = """
        OFXHEADER:100
        DATA:OFXSGML
        VERSION:102

        <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
        <BANKACCTFROM><BANKID>121000248<ACCTID>9876543210<ACCTTYPE>CHECKING</BANKACCTFROM>
        <BANKTRANLIST><DTSTART>20260401<DTEND>20260430
        <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260410120000[-6:CST]<TRNAMT>40.00<FITID>A-1<NAME>ACME DENTAL<MEMO>INVOICE NUMBER</STMTTRN>
        <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260411<TRNAMT>-18.50<FITID>A-2<NAME>STATIONER</STMTTRN>
        <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260412<TRNAMT>1,234.5<FITID>A-3<NAME>BEN &amp; CO</STMTTRN>
        <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260413<TRNAMT>200.00<FITID>A-4<NAME>ACME DENTAL</STMTTRN>
        </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
        """;

    /// <summary>Version 8: the state has an element of its own; one entry of two transactions, one pending, one out.</summary>
    public const string Camt = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
          <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
          <Ntry><Amt Ccy="USD">120.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-10</Dt></BookgDt>
            <AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls>
              <TxDtls><Amt Ccy="USD">40.00</Amt><RltdPties><Dbtr><Pty><Nm>Acme Dental</Nm></Pty></Dbtr></RltdPties>
                <RmtInf><Ustrd>INVOICE</Ustrd><Ustrd>NUMBER</Ustrd></RmtInf></TxDtls>
              <TxDtls><Amt Ccy="USD">80.00</Amt><RltdPties><Dbtr><Pty><Nm>Ben</Nm></Pty></Dbtr></RltdPties></TxDtls>
            </NtryDtls></Ntry>
          <Ntry><Amt Ccy="USD">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><BookgDt><Dt>2026-04-11</Dt></BookgDt></Ntry>
          <Ntry><Amt Ccy="USD">18.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-11</Dt></BookgDt>
            <AcctSvcrRef>B-2</AcctSvcrRef></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    /// <summary>As German banks write it, in Latin-1: two rows that say the same, and one whose amount is no number.</summary>
    public const string GermanCsv = """
        Buchungstag;Name Zahlungsbeteiligter;Verwendungszweck;Betrag;Waehrung
        10.04.2026;Müller Praxis;RE 1;1.040,50;USD
        10.04.2026;Müller Praxis;RE 1;1.040,50;USD
        11.04.2026;Papier;Heft;-18,50;USD
        12.04.2026;Acme;;viel;USD
        31.02.2026;Acme;;1,00;USD
        """;
}
