namespace ReportScheduler.Changes;

/// <summary>The last result that was delivered, to compare a new one with: of a whole report, or of one part of a split one.</summary>
internal interface IBaseline
{
    /// <summary>The keys of a dataset; null where it was not there, or had other columns or another key.</summary>
    KeyIndex? Keys(BaselineHead head);

    /// <summary>The cells of a row.</summary>
    byte[] Row(long place);
}
