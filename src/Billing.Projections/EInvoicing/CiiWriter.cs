using System.Globalization;
using System.Xml;
using Billing.Domain.Values;
using NodaTime;
using NodaTime.Text;

namespace Billing.Projections.EInvoicing;

/// <summary>Writes the elements of a Cross Industry Invoice; what is null or blank is left out.</summary>
internal sealed class CiiWriter(XmlWriter xml)
{
    private const string Rsm = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
    private const string Ram = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
    private const string Qdt = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";
    private const string Udt = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public void Document(Action content)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("rsm", "CrossIndustryInvoice", Rsm);
        xml.WriteAttributeString("xmlns", "ram", null, Ram);
        xml.WriteAttributeString("xmlns", "udt", null, Udt);
        content();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    /// <summary>One of the three parts of the document.</summary>
    public void Part(string name, Action content) => Within(name, Rsm, content);

    public void Group(string name, Action content) => Within(name, Ram, content);

    public void Text(string name, string? value, string? attribute = null, string? attributeValue = null)
    {
        if (string.IsNullOrWhiteSpace(value)) return;
        xml.WriteStartElement(name, Ram);
        if (attribute is not null) xml.WriteAttributeString(attribute, attributeValue);
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    /// <summary>With as many places as the currency has, and no more (BR-DEC).</summary>
    public void Amount(string name, long minor, Currency currency, bool namesCurrency = false) => Text(
        name, new Money(minor, currency).ToDecimalString(), namesCurrency ? "currencyID" : null, currency.Code);

    public void Number(string name, decimal value, string? unit = null) => Text(
        name, value.ToString("0.##########", CultureInfo.InvariantCulture), unit is null ? null : "unitCode", unit);

    public void Date(string name, LocalDate day) => Date(name, day, "udt", Udt);

    /// <summary>A day of another document, for which the schema has another type.</summary>
    public void FormattedDate(string name, LocalDate day) => Date(name, day, "qdt", Qdt);

    private void Date(string name, LocalDate day, string prefix, string space) => Group(name, () =>
    {
        xml.WriteStartElement(prefix, "DateTimeString", space);
        xml.WriteAttributeString("format", "102");
        xml.WriteString(Day.Format(day));
        xml.WriteEndElement();
    });

    /// <summary>Whether it is a charge; an allowance otherwise.</summary>
    public void Indicator(string name, bool value) => Group(
        name, () => xml.WriteElementString("Indicator", Udt, value ? "true" : "false"));

    private void Within(string name, string space, Action content)
    {
        xml.WriteStartElement(name, space);
        content();
        xml.WriteEndElement();
    }
}
