using ReportScheduler.Numbers;

namespace ReportScheduler.Tests.Numbers;

public sealed class KeyNameTests
{
    [Theory]
    [InlineData("id", true)]
    [InlineData("ID", true)]
    [InlineData("customer_id", true)]
    [InlineData("customer id", true)]
    [InlineData("customer-Nr", true)]
    [InlineData("CustomerId", true)]
    [InlineData("customerID", true)]
    [InlineData("sortKey", true)]
    [InlineData("customerid", true)]
    [InlineData("oid", true), InlineData("ProductOid", true), InlineData("EAN", true), InlineData("isbn", true)]
    [InlineData("host_port", true)]
    [InlineData("report", false), InlineData("airport", false), InlineData("export", false), InlineData("fluid", false)]
    [InlineData("ORDERNO", true)]
    [InlineData("Invoice number", true)]
    [InlineData("Rechnungsnummer", true)]
    [InlineData("model_year", true)]
    [InlineData("Baujahr", true)]
    [InlineData("zip", true)]
    [InlineData("postcode", true)]
    [InlineData("plz", true)]
    [InlineData("größe_no", true)]
    // they end alike
    [InlineData("paid", false)]
    [InlineData("void", false)]
    [InlineData("PAID", false)]
    [InlineData("casino", false)]
    [InlineData("monkey", false)]
    [InlineData("aid", false)]
    [InlineData("1id", false)]
    [InlineData("id_total", false)]
    [InlineData("amount", false)]
    [InlineData("", false)]
    public void A_column_names_something(string column, bool isKey) => Assert.Equal(isKey, KeyName.Is(column));

    [Theory]
    [InlineData("lat", true)]
    [InlineData("geo_LON", true)]
    [InlineData("Longitude", true)]
    [InlineData("exchangerate", true)]
    [InlineData("ExchangeRate", true)]
    [InlineData("tax_rate", true)]
    [InlineData("fill factor", true)]
    [InlineData("priceRatio", true)]
    [InlineData("flat", false)]
    [InlineData("RATES", false)]
    [InlineData("amount", false)]
    [InlineData("", false)]
    public void All_digits_of_a_column_count(string column, bool isPrecise) => Assert.Equal(isPrecise, KeyName.IsPrecise(column));
}
