-- kind: sources
-- expect: syntax_error
-- why: A jump into a block.
-- whole: file
goto inside
do ::inside:: end
