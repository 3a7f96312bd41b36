using ReportScheduler.Exports.Layout;

namespace ReportScheduler.Tests.Exports.Layout;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("payment_date", "Payment date")]
    [InlineData("amount", "Amount")]
    [InlineData("PaymentDate", "Payment date")]
    [InlineData("customerName", "Customer name")]
    [InlineData("InvoiceId", "Invoice id")]
    [InlineData("CustomerID", "Customer ID")]
    [InlineData("amount_EUR", "Amount EUR")]
    [InlineData("VAT", "VAT")]
    [InlineData("TOTAL_AMOUNT", "Total amount")]
    [InlineData("AMOUNT", "Amount")]
    [InlineData("größe_in_cm", "Größe in cm")]
    [InlineData("q1", "Q1")]
    [InlineData("line_2", "Line 2")]
    [InlineData("売上", "売上")]
    // written for people
    [InlineData("Net amount (EUR)", "Net amount (EUR)")]
    [InlineData("count(*)", "count(*)")]
    [InlineData("_", "_")]
    [InlineData("", "")]
    public void A_name_reads(string name, string header) => Assert.Equal(header, HeaderText.Of(name));
}
