using Fluid.Ast;
using Fluid.Ast.BinaryExpressions;

namespace ReportScheduler.Templates;

/// <summary>Puts comparisons that know dates, and captures that end, in the place of Fluid's.</summary>
internal sealed class TemplateRewriter : AstRewriter
{
    protected override Expression VisitEqualBinaryExpression(EqualBinaryExpression equalBinaryExpression) =>
        new TemplateComparison(equalBinaryExpression, (left, right) => new EqualBinaryExpression(left, right));

    protected override Expression VisitNotEqualBinaryExpression(NotEqualBinaryExpression notEqualBinaryExpression) =>
        new TemplateComparison(notEqualBinaryExpression, (left, right) => new NotEqualBinaryExpression(left, right));

    protected override Expression VisitGreaterThanBinaryExpression(GreaterThanBinaryExpression greaterThanBinaryExpression) =>
        new TemplateComparison(greaterThanBinaryExpression,
            (left, right) => new GreaterThanBinaryExpression(left, right, greaterThanBinaryExpression.Strict));

    protected override Expression VisitLowerThanBinaryExpression(LowerThanBinaryExpression lowerThanExpression) =>
        new TemplateComparison(lowerThanExpression,
            (left, right) => new LowerThanBinaryExpression(left, right, lowerThanExpression.Strict));

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
    {
        TryRewriteStatements(captureStatement.Statements, out var statements);
        return new TemplateCapture(captureStatement.Identifier, statements);
    }
}
